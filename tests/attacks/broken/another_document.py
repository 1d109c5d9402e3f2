"""JSON that is no notebook: a list, under the notebook's name."""


def damage(it):
    return b'[{"cells": []}, 1, null]'
