"""Raises the points of its checks, and gives itself scores."""

HONEST, EARNS = True, 2


def damage(it):
    it.marks("relu_if").update(points=100, score=100, manual_score=100, extra_credit=50)
    it.marks("relu_max").update(points=float("inf"), max_score=-1)
