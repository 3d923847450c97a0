"""The same papers made by other programs, as an ordinary user of each would write it."""
