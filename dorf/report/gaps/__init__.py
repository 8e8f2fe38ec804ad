"""Where the support network has gaps, in words."""
