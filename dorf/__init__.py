"""dorf: who is in your village, whom to tend, and what is missing."""
