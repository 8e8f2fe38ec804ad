"""Measurements against the floor of the chosen stack (design.md §10); never a failing test."""
