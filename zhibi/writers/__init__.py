"""Stage 8: layout -> files. Writers know nodes, styles, fonts, layout and errors only."""
