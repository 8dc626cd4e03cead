"""Models of what a class works on with pen and paper."""
