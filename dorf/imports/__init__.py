"""How a file of another program, or of another village, joins the village that is there."""
