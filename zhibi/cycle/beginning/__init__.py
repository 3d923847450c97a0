"""`new`: the data files that are there -> those of the next quarter or of a new year."""
