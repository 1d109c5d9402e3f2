"""A chapter of one lesson, which is added to a copy of the course by its files alone."""

from ..chapter import collect_chapter

CHAPTER = collect_chapter(__name__, "Losses", number=2)
