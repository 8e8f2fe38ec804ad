"""What people type and what they mean by it: days, spans, births, roles, and whole lines."""
