"""What must hold. Run with ``python -m pytest``; see README for the rest."""
