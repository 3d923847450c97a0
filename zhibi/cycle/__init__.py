"""The year of a plan: the next file, forms for the units, what came back, what is due."""
