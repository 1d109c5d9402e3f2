"""What lies in submitted/: who has handed in what, what has changed, and what is no submission."""

import contextlib
import os
import shutil

import pytest
from class_runs import (
    ONE,
    submit,
)
from taking_in import posix

from grader.course import CHAPTER, LESSONS
from grader.course.places import RELEASE
from grader.grading.intake.handed_in import MAX_FILES, HandedIn
from grader.grading.intake.submissions import (
    Submission,
    chapter_fingerprint,
    find_submissions,
    fingerprint,
)


def test_submissions_are_found_in_order_and_rubbish_is_passed_over(tmp_path):
    rubbish = (".DS_Store", "__MACOSX", ".git", ".gitkeep", "._adam", "desktop.ini", "Thumbs.db", "~$a.docx")
    rubbish += ("Icon\r", "@eaDir", "System Volume Information")
    for name in ("zoe", "adam", "Mia", *rubbish):
        submit(tmp_path, name)
    found = list(find_submissions(tmp_path / "submitted"))
    assert [s.student for s in found] == ["Mia", "adam", "zoe"]
    assert found[1] == Submission("adam", tmp_path / "submitted" / "adam" / CHAPTER)
    assert found[1].read().notebooks == {ONE: f"{ONE}.ipynb"}


@pytest.mark.parametrize(
    "name, usable",
    [
        *(
            (name, True)
            for name in (
                "anna",
                "a",
                "42",
                "Özlem",
                "O\u0308zlem",
                "मीरा",
                "علی\u200cرضا",
                "李雷",
                "a b",
                "a.b+c@d-e_f",
            )
        ),
        *(
            (name, False)
            for name in (
                " a",
                "a ",
                "-a",
                ".a",
                "_a",
                "a*",
                "a?",
                "a[b]",
                "a:b",
                "a\nb",
                "a\tb",
                "a'b",
                "a\u200db",
                "\u202eab",
                "a{b}",
            )
        ),
    ],
)
def test_only_what_nbgrader_takes_literally_is_a_student_id(tmp_path, name, usable):
    from grader.grading.intake.submissions import why_not

    entry = tmp_path / name
    with contextlib.suppress(OSError):  # names that a file system refuses need no folder to be refused
        entry.joinpath(CHAPTER).mkdir(parents=True)
    assert ("name cannot be" in why_not(entry, entry / CHAPTER)) is not usable


@pytest.mark.parametrize(
    "change, differs",
    [
        (lambda folder: os.utime(folder / f"{ONE}.ipynb", (1, 1)), False),
        (lambda folder: folder.joinpath(f"{ONE}.ipynb").write_bytes(b"{}"), True),
        (lambda folder: folder.joinpath(f"{ONE}.ipynb").rename(folder / "02_relu_numpy.ipynb"), True),
        (lambda folder: folder.joinpath("timestamp.txt").write_text("2026-11-15 23:59:00 UTC"), True),
        (lambda folder: folder.joinpath(f"{ONE}.ipynb").unlink(), True),
        (lambda folder: shutil.rmtree(folder), True),
    ],
    ids=["touched", "edited", "renamed", "timestamp", "file gone", "folder gone"],
)
def test_fingerprint_changes_with_what_is_graded_and_with_nothing_else(tmp_path, change, differs):
    submit(tmp_path, "ada")
    (submission,) = find_submissions(tmp_path / "submitted")
    before = submission.read().digest
    change(submission.folder)
    assert (submission.read().digest != before) is differs
    prints = {fingerprint(submission, *parts) for parts in (("", "a"), ("a", ""), ("a", "b"), ("b", "b"))}
    assert len(prints) == 4


def test_fingerprint_of_the_chapter_changes_with_each_lesson(tmp_path):
    for lesson in LESSONS:
        shutil.copy(RELEASE / f"{lesson}.ipynb", tmp_path)
    prints = {chapter_fingerprint(tmp_path)}
    assert prints == {chapter_fingerprint(RELEASE)}
    for lesson in LESSONS:
        with open(tmp_path / f"{lesson}.ipynb", "a") as file:
            file.write("\n")
        prints.add(chapter_fingerprint(tmp_path))
    assert len(prints) == 1 + len(LESSONS)


@posix
def test_what_is_no_plain_file_is_named_and_nothing_is_moved_read_or_written(tmp_path):
    path = submit(tmp_path, "ada")
    (submission,) = find_submissions(tmp_path / "submitted")
    path.with_name("data.csv").symlink_to("/etc/passwd")
    os.mkfifo(path.with_name("pipe.csv"))
    path.with_name("figures").mkdir()
    path.with_name("figures").joinpath("mine").symlink_to("/etc")
    path.with_name("others").symlink_to("/etc")
    path.with_name("kept.txt").write_text("kept")
    path.with_name("timestamp.txt").write_text("yesterday")
    before = sorted(os.listdir(path.parent))
    handed_in = submission.read()
    assert handed_in.timestamp() == ""
    assert [note.split(":")[0] for note in handed_in.notes] == [
        "data.csv, others, figures/mine were not used",
        "pipe.csv was not used",
        "timestamp.txt was not used",
    ]
    assert {*handed_in.files} == {path.name, "kept.txt"} and [*handed_in.data] == ["kept.txt"]
    assert sorted(os.listdir(path.parent)) == before and os.listdir(tmp_path) == ["submitted"]


@posix
def test_nothing_is_read_through_a_link_to_another_student(tmp_path):
    submit(tmp_path, "ada")
    (tmp_path / "submitted" / "eve").symlink_to(tmp_path / "submitted" / "ada")
    eve = next(s for s in find_submissions(tmp_path / "submitted") if s.student == "eve")
    assert eve.reason and eve.read() == HandedIn()


def test_many_files_are_read_and_named_up_to_a_limit(tmp_path, monkeypatch):
    path = submit(tmp_path, "ada")
    for number in range(MAX_FILES + 30):
        path.with_name(f"{number:04}.csv").touch()
        path.with_name(f"{ONE} ({number}).ipynb").touch()
        path.with_name(f"my {number}.ipynb").touch()
    (submission,) = find_submissions(tmp_path / "submitted")
    handed_in = submission.read()
    assert len(handed_in.files) == MAX_FILES + 1
    assert f"and 20 more were not used: there are more than {MAX_FILES} files" in handed_in.notes[0]
    assert sum(map(len, handed_in.notes)) < 5_000


@pytest.mark.parametrize(
    "name, said",
    [
        (
            "03_dense.ipynb",
            "if it is lesson 03_dense_layer, rename it to 03_dense_layer.ipynb and grade again.",
        ),
        ("my notes.ipynb", "my notes.ipynb is no notebook of the chapter."),
        ("02_relu_loop.ipynb", "if it is lesson 01_relu_loop, rename it to 01_relu_loop.ipynb"),
        ("softmax_batch (6).ipynb", "if it is lesson 05_softmax_batch, rename it to 05_softmax_batch.ipynb"),
        ("03_dense_layer.html", "is no notebook: ask for 03_dense_layer.ipynb itself, and grade again."),
        ("dense layer.pdf", "is no notebook: ask for 03_dense_layer.ipynb itself, and grade again."),
        ("03_dense_layer.ipynb.part", "is no notebook: ask for 03_dense_layer.ipynb itself"),
    ],
)
def test_unknown_notebooks_are_named_with_the_lesson_they_may_be(tmp_path, name, said):
    submit(tmp_path, "ada", name=name)
    (submission,) = find_submissions(tmp_path / "submitted")
    (note,) = submission.read().notes
    assert said in note
    if name.startswith("03"):
        submit(tmp_path, "ada", lesson="03_dense_layer")
        (submission,) = find_submissions(tmp_path / "submitted")
        still = [f"{name} is no notebook of the chapter."] if name.endswith(".ipynb") else []
        assert submission.read().notes == still
