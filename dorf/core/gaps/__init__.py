"""Where the support network has gaps: what a rule is, what it looks at, and the rules."""
