"""Text to core values and back, one module per format; no database, no printing."""
