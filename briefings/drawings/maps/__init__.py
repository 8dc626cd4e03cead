"""Locator maps: places on a ground -> a Scene in a conformal projection, with labels that do not collide."""
