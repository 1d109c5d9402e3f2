"""The chapter *activation functions*: a file an exercise, and what several of them share."""

from ..chapter import collect_chapter
from .words import TAUGHT

CHAPTER = collect_chapter(__name__, "Activation functions", number=1, taught=TAUGHT)
