"""The commands on editions of a pack."""
