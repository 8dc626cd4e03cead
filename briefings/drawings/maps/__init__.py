"""Lay out locator maps: places and regions in a conformal projection, with labels that do not overlap."""
