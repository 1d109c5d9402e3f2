"""Brackets nested a hundred thousand deep."""


def damage(it):
    return b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
