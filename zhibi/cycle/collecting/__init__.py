"""`collect`: workbooks that came back + the data file and the plan -> what is taken, and what is left and why."""
