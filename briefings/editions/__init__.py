"""Editions of a pack: closed, compared, and followed onto each paper."""
