"""Editorial rules over a pack and its briefings, one module per family; each has its RULES."""
