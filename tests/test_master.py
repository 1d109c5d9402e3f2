"""A master that is not as it should be stops the build, with file, line and how to mend it."""

import re

import nbformat
import pytest
from conftest import MASTERS
from one_lesson import (
    ANSWER_1,
    ANSWER_2,
    CHECK_1,
    CHECK_2,
    END_OF_LESSON,
    HEAD,
    IMPORTS,
    MASTER,
    TASK,
    TITLE,
    write,
)

from grader.authoring.build import collect_questions
from grader.authoring.master import BEGIN, END, MasterError, read_master
from grader.authoring.minutes import reckon_sittings
from grader.authoring.questions import take_questions
from grader.course.questions import Option, Question


def line_and_message(path):
    """Of the error with which reading this master stops."""
    with pytest.raises(MasterError) as raised:
        read_master(path)
    file, line, message = re.fullmatch(r"(.*\.md):(\d+): (.*)", str(raised.value), re.S).groups()
    assert file == str(path)
    return int(line), message


ASKED = """
**Predict:** what?

- **a)** one
- **b)** two

```{code-cell} ipython3
predict("what")
```

<details><summary>The reasons</summary>

**a.** Yes.

- **b)** No.

</details>
"""

# What is wrong: (part of the master, what stands in its place, what is said). The error has to name the
# line that begins with »; the » itself is taken out before the master is read.
MISTAKES = {
    "a region that is never closed": (
        ANSWER_1,
        ANSWER_1.replace(END + "\n", "").replace(BEGIN, "»" + BEGIN),
        "never closed",
    ),
    "a region that never began": (
        ANSWER_1,
        ANSWER_1.replace(BEGIN + "\n", "").replace(END, "»" + END),
        "never began",
    ),
    "a region inside a region": (
        ANSWER_1,
        ANSWER_1.replace(BEGIN, f"{BEGIN}\n»{BEGIN}"),
        "begins inside that of line",
    ),
    "two regions in one answer": (
        ANSWER_1,
        ANSWER_1.replace(END, f"{END}\n{BEGIN}\n    pass\n{END}").replace("```{", "»```{"),
        "more than one solution region",
    ),
    "an indented marker": (ANSWER_1, ANSWER_1.replace(BEGIN, f"»        {BEGIN}"), "is indented"),
    "a space behind a marker": (ANSWER_1, ANSWER_1.replace(END, f"»{END} "), "a space follows"),
    "a marker in the text": (TASK, f"{TASK}\n»{BEGIN}\n", "outside a code cell"),
    "a marker in a block that is no cell": (
        TASK,
        f"{TASK}\n```python\n»{BEGIN}\n{END}\n```\n",
        "outside a code cell",
    ),
    "a region in a cell without a tag": (
        ANSWER_1,
        ANSWER_1.replace(":tags: [answer]\n", "").replace("```{", "»```{"),
        "Tag the cell `answer`",
    ),
    "a region in a check": (
        CHECK_1,
        CHECK_1.replace("check(", f"{BEGIN}\n{END}\ncheck(").replace("```{", "»```{"),
        "only they, hold a solution region",
    ),
    "an answer without a region": (
        ANSWER_1,
        re.sub("### .*\n", "", ANSWER_1).replace("```{", "»```{"),
        "add or remove the two markers",
    ),
    "an answer without a check": (CHECK_1, "", "no check cell directly after it"),
    "text between answer and check": (CHECK_1, f"\nSome text.\n{CHECK_1}", "no check cell directly after it"),
    "an answer at the very end without a check": (
        END_OF_LESSON,
        ANSWER_2.replace("```{", "»```{"),
        "no check cell directly after it",
    ),
    "a check without an answer": (
        ANSWER_1 + CHECK_1,
        CHECK_1.replace("```{", "»```{"),
        "does not follow an answer cell",
    ),
    "a check of an unknown exercise": (
        CHECK_1,
        CHECK_1.replace("relu_if", "relu_iff").replace("```{", "»```{"),
        "Did you mean relu_if?",
    ),
    "a check like no exercise": (
        CHECK_1,
        CHECK_1.replace("relu_if", "zzz").replace("```{", "»```{"),
        "Add it to grader/course",
    ),
    "a check of another lesson's exercise": (
        CHECK_1,
        CHECK_1.replace("relu_if", "row_sums").replace("```{", "»```{"),
        "belongs to 05_softmax_batch",
    ),
    "an exercise checked twice": (CHECK_2, CHECK_1.replace("```{", "»```{"), "relu_if is checked twice"),
    "a check with code beside it": (
        CHECK_1,
        CHECK_1.replace("check(", "print(1)\ncheck(").replace("```{", "»```{"),
        "nothing more",
    ),
    "a check with a seed": (
        CHECK_1,
        CHECK_1.replace('")', '", seed=1)').replace("```{", "»```{"),
        "nothing more",
    ),
    "an exercise that nobody asks for": (ANSWER_2 + CHECK_2, "", "no check asks for relu_max"),
    "a misspelt tag": (
        IMPORTS,
        IMPORTS.replace("ipython3\n", "ipython3\n:tags: [hide_input]\n\n").replace("```{", "»```{"),
        "Did you mean `hide-input`?",
    ),
    "a tag like no other": (
        IMPORTS,
        IMPORTS.replace("ipython3\n", "ipython3\n:tags: [xyz]\n\n").replace("```{", "»```{"),
        "the tag `xyz` means nothing here",
    ),
    "no title": (TITLE, "\nWhat it is about.\n", "no title"),
    "text before the title": (TITLE, f"\nHello.\n{TITLE}", "does not open with its title"),
    "front matter that is not YAML": ("  minutes: 12\n", "  minutes: : 12\n", "is not YAML"),
    "too few minutes promised": ("minutes: 12", "minutes: 8", "about 12 are needed"),
    "too many minutes promised": ("minutes: 12", "minutes: 17", "about 12 are needed"),
    "a prediction that takes its minute": (TASK, TASK + "**Predict:** what?\n" * 8, "about 20 are needed"),
    "a long text": (TASK, TASK + "word " * 1040, "about 20 are needed"),
    "a prediction without options": (
        TASK,
        TASK + ASKED.replace("- **a)** one\n", "").replace("```{", "»```{"),
        "no options stand above the prediction what",
    ),
    "a prediction without reasons": (
        TASK,
        TASK + ASKED.replace("**a.** ", "").replace("```{", "»```{"),
        "no reasons stand below the prediction what",
    ),
    "an option without a reason": (
        TASK,
        TASK + ASKED.replace("- **b)** No.", "").replace("```{", "»```{"),
        "has b on one side only",
    ),
    "no front matter": (HEAD, "", "`lesson: minutes:`"),
    **{
        f"{written} for a marker": (ANSWER_1, ANSWER_1.replace(marker, f"»{written}"), f"Write `{marker}`.")
        for marker, written in [
            (BEGIN, "### BEGIN SOLUTON"),
            (BEGIN, "### Begin Solution"),
            (BEGIN, "## BEGIN SOLUTION"),
            (BEGIN, "###BEGIN SOLUTION"),
            (BEGIN, "### BEGIN SOLUTIONS"),
            (BEGIN, "# BEGIN SOLUTION"),
            (BEGIN, "### BEGIN_SOLUTION"),
            (BEGIN, "BEGIN SOLUTION"),
            (END, "### END SOLUTOIN"),
            (END, "### end solution"),
            (END, "###  END  SOLUTION"),
            (END, "#### END SOLUTION"),
        ]
    },
    **{
        f"no {key}": (f"  {key}: {value}\n", "", f"`lesson: {key}:`")
        for key, value in [
            ("minutes", "12"),
            ("question", "What is it?"),
            ("objective", "do it"),
            ("builds_on", "nothing"),
        ]
    },
    **{
        f"{value} for {key}": (f"  {key}: {given}\n", f"  {key}: {value}\n", f"`lesson: {key}:`")
        for key, given, value in [
            ("minutes", "12", "0"),
            ("minutes", "12", "-5"),
            ("minutes", "12", "twenty"),
            ("minutes", "12", "1.5"),
            ("minutes", "12", "true"),
            ("minutes", "12", "[]"),
            ("minutes", "12", "[12, 0]"),
            ("minutes", "12", "12 + 5"),
            ("question", "What is it?", '""'),
            ("objective", "do it", "3"),
        ]
    },
}


def test_the_master_without_a_mistake_is_read(tmp_path):
    notebook = read_master(write(tmp_path, MASTER))
    nbformat.validate(notebook)
    graded = {cell.id: dict(cell.metadata.nbgrader) for cell in notebook.cells if "nbgrader" in cell.metadata}
    common = {"schema_version": 3, "task": False}
    answer = {"solution": True, "grade": False, "locked": False} | common
    check = {"solution": False, "grade": True, "locked": True, "points": 1} | common
    assert graded == {
        "relu-if-answer": {"grade_id": "relu_if-answer"} | answer,
        "relu-if": {"grade_id": "relu_if"} | check,
        "relu-max-answer": {"grade_id": "relu_max-answer"} | answer,
        "relu-max": {"grade_id": "relu_max"} | check,
    }


def test_the_header_stands_under_the_title(tmp_path):
    first = read_master(write(tmp_path, MASTER)).cells[0].source
    assert first == (
        "# 1. The title\n\n**After this lesson you can** do it.  \n"
        "**Time:** about 12 minutes. **Builds on:** nothing.\n\nWhat it is about."
    )


@pytest.mark.parametrize(("old", "new", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_stops_the_build_with_line_and_mend(tmp_path, old, new, words):
    assert MASTER.count(old) == 1
    marked = MASTER.replace(old, new)
    line, message = line_and_message(write(tmp_path, marked.replace("»", "")))
    assert words in message
    if "»" in marked:
        assert line == marked[: marked.index("»")].count("\n") + 1
    else:
        assert 1 <= line <= marked.count("\n") + 1


def test_a_prediction_is_taken_from_the_text(tmp_path):
    path = write(tmp_path, MASTER.replace(TASK, TASK + ASKED))
    (question,) = take_questions(read_master(path).cells)
    assert question == Question("what", "a", (Option("a", "one", "Yes."), Option("b", "two", "No.")))
    with pytest.raises(MasterError, match="there are two predictions what"):
        collect_questions({path: read_master(path), path.with_name("02.md"): read_master(path)})


LONG = MASTER.replace("minutes: 12", "minutes: [41, 29]").replace(TASK, TASK + "word " * 130 * 29)


@pytest.mark.parametrize("heading", ["## A good place to stop", "## Appendix: x", "## Tomorrow", "## More"])
def test_nobody_has_to_sit_for_more_than_45_minutes(tmp_path, heading):
    rest = f"\n{heading}\n\n" + "word " * 130 * 29
    path = write(tmp_path, LONG.replace(CHECK_2, CHECK_2 + rest))
    if heading == "## A good place to stop":
        assert [round(minutes) for minutes in reckon_sittings(read_master(path))] == [41, 29]
        assert "about 41 + 29 minutes, in 2 sittings" in read_master(path).cells[0].source
        whole = path.read_text(encoding="utf-8")
        for promise in ("70", "[29, 41]", "[41, 20, 9]"):
            path = write(tmp_path, whole.replace("minutes: [41, 29]", f"minutes: {promise}"))
            assert "about 41 and 29 are needed" in line_and_message(path)[1]
    elif heading == "## More":
        assert "one sitting takes about 70 minutes" in line_and_message(path)[1]
    else:
        assert "about 41 are needed" in line_and_message(path)[1]


def test_an_exercise_takes_four_minutes_and_one_for_each_line_of_its_solution(tmp_path):
    lines = [f"    x = {number}  # a line\n    # a comment\n\n" for number in range(30)]

    def minutes_of(count):
        answer = ANSWER_2.replace("    return", "".join(lines[:count]) + "    return")
        text = MASTER.replace(ANSWER_2, answer).replace("minutes: 12", f"minutes: {12 + count}")
        return sum(reckon_sittings(read_master(write(tmp_path, text))))

    assert minutes_of(5) - minutes_of(0) == pytest.approx(5)
    assert minutes_of(19) == minutes_of(21)  # no exercise is reckoned at more than 25


def test_a_file_that_belongs_to_no_lesson_stops_the_build(tmp_path):
    _, message = line_and_message(write(tmp_path, MASTER, "08_more.md"))
    assert "no exercise belongs to the lesson 08_more" in message and "01_relu_loop" in message


def test_a_master_in_the_folder_of_no_chapter_stops_the_build(tmp_path):
    path = tmp_path / "01_relu_loop.md"
    path.write_text(MASTER, encoding="utf-8")
    assert f"there is no chapter {tmp_path.name}" in line_and_message(path)[1]


@pytest.mark.parametrize(("encoding", "line"), [("utf-16", 1), ("latin-1", MASTER.count("\n") + 1)])
def test_a_master_in_another_encoding_stops_the_build(tmp_path, encoding, line):
    path = write(tmp_path, MASTER)
    path.write_bytes((MASTER + "\u00e9").encode(encoding))
    where, message = line_and_message(path)
    assert where == line and "UTF-8" in message


@pytest.mark.parametrize(
    ("added", "words"),
    [
        (":::{code-cell} ipython3\nx = 1\n:::", "looks like the beginning of a code cell"),
        ("  ```{code-cell} ipython3\n  x = 1\n  ```", "at the start of its line"),
        ("- item\n\n  »~~~{code-cell}\n  x = 1\n  ~~~", "at the start of its line"),
        ("> ```{code-cell}\n> x = 1\n> ```", "looks like the beginning of a code cell"),
        ("```{code-cel} ipython3\nx = 1\n```", "Write ````{code-cell} ipython3`"),
        ("```{Code_Cell}\nx = 1\n```", "looks like the beginning of a code cell"),
        ("``` {code-cell} ipython3\nx = 1\n```", "looks like the beginning of a code cell"),
        ("```{code-cell} julia\nx = 1\n```", "looks like the beginning of a code cell"),
        ("~~~{code-cell} ipython3\nx = 1\n```", "this cell is never closed. Add a line `~~~`"),
        ("````{code-cell} ipython3\nx = 1\n```", "this cell is never closed. Add a line `````"),
        ("```{code-cell} ipython3\n»:tags: answer\nx = 1\n```", "the tags are no list"),
        ("```{code-cell} ipython3\n»:tags: [answer\nx = 1\n```", "the tags are no list"),
        ("»```{code-cell} ipython3\n:tag: [answer]\nx = 1\n```", "the option `tag` means nothing here"),
        ("A »\x00 in it", "U+0000"),
        ("A »\u2028 in it", "U+2028"),
        ("A page »\x0c", "U+000C"),
    ],
)
def test_what_jupytext_passes_over_stops_the_build_with_line_and_mend(tmp_path, added, words):
    marked = MASTER.replace(TASK, f"\n{added if '»' in added else '»' + added}\n{TASK}")
    assert marked.count("»") == 1
    line, message = line_and_message(write(tmp_path, marked.replace("»", "")))
    assert words in message and line == marked[: marked.index("»")].count("\n") + 1


def test_a_byte_order_mark_windows_line_ends_and_other_fences_are_read(tmp_path):
    expected = [cell.source for cell in read_master(write(tmp_path, MASTER)).cells]
    path = write(tmp_path, "")
    for text in ("\ufeff" + MASTER, MASTER.replace("\n", "\r\n"), MASTER.replace("```", "~~~")):
        path.write_bytes(text.encode())
        assert [cell.source for cell in read_master(path).cells] == expected


# Cell ids


@pytest.mark.parametrize("master", MASTERS, ids=lambda path: path.stem)
def test_ids_are_unique_and_valid(master):
    notebook = read_master(master)
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-zA-Z0-9-_]{1,64}", identity) for identity in ids)
    nbformat.validate(notebook)


@pytest.mark.parametrize("new", ["\n## A new section\n\nNew.\n\n+++\n", f"\n## A new section\n{IMPORTS}"])
@pytest.mark.parametrize("place", [TASK, END_OF_LESSON])
def test_ids_stay_when_a_section_is_inserted_elsewhere(tmp_path, place, new):
    before = read_master(write(tmp_path, MASTER)).cells
    after = read_master(write(tmp_path, MASTER.replace(place, new + place))).cells
    kept = {cell.id: cell.source for cell in after}
    assert len(after) > len(before)
    assert {cell.id: cell.source for cell in before}.items() <= kept.items()


def test_an_answers_id_stays_when_its_text_and_heading_change(tmp_path):
    def graded(text):
        return [cell.id for cell in read_master(write(tmp_path, text)).cells if "nbgrader" in cell.metadata]

    changed = MASTER.replace("## Exercise: one", "## Something else").replace("number > 0", "number >= 0")
    assert graded(changed) == graded(MASTER)
