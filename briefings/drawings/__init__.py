"""A Picture, at a size -> its Scene: where every line, mark and word stands. Pure."""
