"""Measurements against the floor of the stack (CONTRIBUTING.md, Speed); never a test."""
