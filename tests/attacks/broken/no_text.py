"""A file whose bytes are no UTF-8."""


def damage(it):
    return b'{"cells": [{"source": "\xff\xfe\x80"}], "metadata": {}, "nbformat": 4'
