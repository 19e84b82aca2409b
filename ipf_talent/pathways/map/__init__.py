"""The map of the whole field: its scheme, its picture without a library of layouts, and its page."""
