"""Fills the memory byte by byte when its cell runs."""

FIRST = """
kept = []
for i in range(100):
    kept.append(b"x" * 100_000_000)
"""
