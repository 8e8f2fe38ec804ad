"""dorf: who is in your village, whom to tend, and what is missing."""

__version__ = "0.1.0"
