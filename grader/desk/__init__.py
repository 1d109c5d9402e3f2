"""The folder a student works in: what was checked there, and the archive that is handed in.

A lesson imports it, in a browser too: it needs the standard library only.
"""
