"""The course: its chapters, each a folder here, and the exercises of all of them by name."""

from .chapter import Chapter, collect_course, exercises_by_name
from .exercise import Exercise

CHAPTERS: dict[str, Chapter] = collect_course(__name__)

EXERCISES: dict[str, Exercise] = exercises_by_name(CHAPTERS.values())
"""By names that are unique in the course, since `check("name")` knows no chapter."""

WORDS_AFTER: dict[str, frozenset[str]] = {
    lesson: chapter.words_after(lesson) for chapter in CHAPTERS.values() for lesson in chapter.lessons
}
"""The words that a lesson's chapter teaches after it, by the lesson's name."""

RENAMED: dict[str, str] = {old: exercise.name for exercise in EXERCISES.values() for old in exercise.formerly}
"""Names that exercises had before, and those that they have now."""

CHAPTER, *_ = CHAPTERS  # the first: what the sample class hands in
LESSONS = CHAPTERS[CHAPTER].lessons
