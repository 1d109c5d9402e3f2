"""Shows data nested so deeply, and in rings, that writing it down fails; the answers before it are right."""

HONEST, EARNS = True, 2
LAST = """
deep = []
for n in range(100_000):
    deep = [deep]
ring = {}
ring["ring"] = ring
for data in (deep, ring):
    try:
        display({"text/plain": "a", "application/json": data}, raw=True)
    except RecursionError:
        pass
"""
