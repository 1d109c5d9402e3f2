"""A card speaks with the words of its lesson and of those before it, and the table of words is true."""

import re

import pytest
from conftest import EXERCISES, MASTERS, checked_text

from grader.course import CHAPTER, CHAPTERS, WORDS_AFTER

TAUGHT = CHAPTERS[CHAPTER].taught
IMPORTED = {"np", "numpy"}  # stand in every lesson's first cell, and are explained in the second
HIDDEN = re.compile(r"```\{code-cell\}[^\n]*\n:tags: \[[^\]]*hide-input.*?```", re.DOTALL)
TEXTS = {master.stem: HIDDEN.sub("", master.read_text(encoding="utf-8")) for master in MASTERS}


@pytest.mark.parametrize(("lesson", "word"), [(le, w) for le, words in TAUGHT.items() for w in sorted(words)])
def test_a_word_is_first_read_in_the_lesson_that_teaches_it(lesson, word):
    read_in = [name for name, text in TEXTS.items() if re.search(rf"\b{word}\b", text)]
    assert lesson in read_in
    assert word in IMPORTED or read_in[0] == lesson


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda e: e.name)
def test_no_explanation_uses_a_word_of_a_later_lesson(exercise):
    told = [(m.id, f"{m.title} {m.why} {m.hint}") for m in exercise.misconceptions]
    told += [
        (kind, f"{a.title} {a.why} {a.hint}")
        for kind, own in exercise.advice.items()
        for a in (own if isinstance(own, tuple) else (own,))
    ]
    told.append(("second way", f"{exercise.second.why} {exercise.second_text}"))
    later = WORDS_AFTER[exercise.lesson]
    assert {
        name: words & later for name, text in told if (words := set(re.findall(r"\w+", text))) & later
    } == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("relu_max", "def relu_max(inputs):\n    return max(0, inputs)\n"),
        ("relu_if", "def relu_if(inputs):\n    return inputs * (inputs > 0)\n"),
        ("softmax_vector", "def softmax_vector(x):\n    return np.exp(x) / np.exp(x).sum(0, 1)\n"),
    ],
)
def test_no_change_brings_in_a_word_of_a_later_lesson(name, text):
    (finding,) = checked_text(name, text).findings
    assert not set(re.findall(r"\w+", finding.after)) & WORDS_AFTER[EXERCISES[name].lesson]
