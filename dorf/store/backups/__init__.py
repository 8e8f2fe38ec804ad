"""Copies of the village file: made, checked, put back, and cleared."""
