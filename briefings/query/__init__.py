"""Queries about packs: where a number or a sentence comes from, and how balanced a pack is. Returns values only."""
