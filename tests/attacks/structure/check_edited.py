"""Rewrites the check cells so that they end with full points."""


def damage(it):
    for name in ("relu_if", "relu_max"):
        it.cell(name)["source"] = "print('all tests passed')\n1.0"
