"""Probe, judge, verdict and feedback. Needs NumPy only; IPython is used where it is there."""
