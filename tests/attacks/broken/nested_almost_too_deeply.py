"""Brackets nested so deeply that they can just be read, in a file so large that it is written again."""

SAYS = "could not be read"


def damage(it):
    return b'{"cells": [], "x": "' + b"y" * 21_000_000 + b'", "z": ' + b"[" * 960 + b"]" * 960 + b"}"
