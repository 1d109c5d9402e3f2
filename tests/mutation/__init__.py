"""Mutation test of the judge: right answers, spoilt in one place, have to lose points.

Each exercise's reference and a few other right spellings of it are rewritten, one change at a time. A
mutant survives if the judge gives it full points on every seed. It may: the exercise's evidence says
which and why. An oracle that shares no case, no reference and no comparison with the judge gives its own
answer to whether each mutant keeps the contract; where the two disagree, one of them is wrong.
"""
