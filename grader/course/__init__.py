"""The course: its chapters, each a folder here, and the exercises of all of them by name."""

from .activations import CHAPTER as ACTIVATIONS
from .chapter import Chapter
from .exercise import Exercise

CHAPTERS: dict[str, Chapter] = {ACTIVATIONS.name: ACTIVATIONS}

EXERCISES: dict[str, Exercise] = {
    exercise.name: exercise for chapter in CHAPTERS.values() for exercise in chapter.exercises
}
"""By names that are unique in the course, since `check("name")` knows no chapter."""

CHAPTER = ACTIVATIONS.name
LESSONS = ACTIVATIONS.lessons
