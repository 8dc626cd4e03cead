"""Rules on papers for a class, one module per family."""
