"""What the shells complete: read before anything else of dorf, so nothing here costs time."""
