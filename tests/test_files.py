"""What is no plain file, too large or changing is refused, with the reason."""

import json
import os
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import damaged
import pytest
from damaged import ODD_PLACES, cell, code, good, write
from taking_in import RELEASE, posix, sound

from grader.course import CHAPTER
from grader.grading.intake import files
from grader.grading.intake.files import MAX_BYTES, MAX_NOTEBOOK, Refused, read_regular_file
from grader.grading.intake.rebuild import take_in


@posix
@pytest.mark.parametrize("name", ODD_PLACES)
def test_what_is_no_plain_file_is_refused_unread(tmp_path, name):
    make, reason = ODD_PLACES[name]
    path = tmp_path / "submitted.ipynb"
    make(path, write(tmp_path / "good.ipynb", good()))
    intake_ = sound(in_time(take_in, path, RELEASE))
    assert not intake_.readable
    assert reason in intake_.notes[0]


def in_time(function, *args):
    """The result of a call that would wait for ever if it were wrong; then the test fails instead."""
    results = []
    thread = threading.Thread(target=lambda: results.append(function(*args)), daemon=True)
    thread.start()
    thread.join(120)
    assert results, "it waits, or it raised"
    return results[0]


def test_file_may_be_as_large_as_the_limit_and_no_larger(tmp_path):
    path = tmp_path / "data"
    path.write_bytes(b"x" * 1000)
    assert read_regular_file(path, 1000) == b"x" * 1000
    with pytest.raises(Refused, match="accepted"):
        read_regular_file(path, 999)
    write(path, as_large_as(MAX_NOTEBOOK))
    assert sound(take_in(path, RELEASE)).readable
    write(path, as_large_as(MAX_NOTEBOOK) + b" ")
    assert "clear all outputs" in sound(take_in(path, RELEASE)).notes[0]


@pytest.mark.parametrize("where", ["outputs", "attachments", "source"])
def test_outputs_and_pasted_pictures_do_not_count_to_the_size(tmp_path, where):
    heavy, text = good(), "x" * (MAX_BYTES + 1)
    cell(heavy, "relu_if-answer")["outputs"] = [{"output_type": "stream", "text": text}]
    heavy["cells"][0]["attachments"] = {"pasted.png": {"image/png": text}}
    notebook = good() | {"cells": [*good()["cells"], code("x" * (MAX_BYTES + 1))]}
    taken_in = sound(take_in(write(tmp_path / "x.ipynb", notebook if where == "source" else heavy), RELEASE))
    assert taken_in.readable == (where != "source")
    if where == "source":
        assert "20 MB without outputs and pasted pictures" in taken_in.notes[0]


def as_large_as(size):
    notebook = json.dumps(good()).encode()
    return notebook + b" " * (size - len(notebook))


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(13, "Permission denied"),
        OSError(5, "Input/output error"),
        FileNotFoundError(2, "No such file or directory"),
    ],
)
def test_file_that_cannot_be_opened_is_refused_with_the_reason(tmp_path, monkeypatch, error):
    path = write(tmp_path / "x.ipynb", good())

    def refuse(*args):
        raise error

    monkeypatch.setattr(files.os, "open", refuse)
    assert f"({error.strerror})" in sound(take_in(path, RELEASE)).notes[0]


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_refused(tmp_path):
    path = write(tmp_path / "x.ipynb", good())
    path.chmod(0)
    assert "cannot be opened" in sound(take_in(path, RELEASE)).notes[0]


SWAPS = {
    "it disappears": (lambda path: None, "cannot be opened"),
    "a link takes its place": (lambda path: path.symlink_to(path.parent / "good.ipynb"), "cannot be opened"),
    "a pipe takes its place": (lambda path: os.mkfifo(path), "not a regular file"),
    "a folder takes its place": (lambda path: path.mkdir(), ""),
    "a hard link takes its place": (lambda path: os.link(path.parent / "good.ipynb", path), "hard link"),
    "a huge file takes its place": (lambda path: path.write_bytes(bytes(MAX_NOTEBOOK + 1)), "accepted"),
}


@posix
@pytest.mark.parametrize("name", SWAPS)
def test_file_that_is_exchanged_after_it_was_looked_at_is_refused(tmp_path, monkeypatch, name):
    swap, reason = SWAPS[name]
    path, really_open = write(tmp_path / "x.ipynb", good()), os.open
    write(tmp_path / "good.ipynb", good())

    def open_late(name, flags, *rest):
        path.unlink()
        swap(path)
        return really_open(name, flags, *rest)

    monkeypatch.setattr(files.os, "open", open_late)
    intake_ = sound(in_time(take_in, path, RELEASE))
    assert not intake_.readable and reason in intake_.notes[0]


def empty_unnoticed(path):
    changed = path.stat().st_mtime_ns
    path.write_bytes(b"")
    os.utime(path, ns=(changed, changed))


@pytest.mark.parametrize(
    "change",
    [
        empty_unnoticed,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes() + b" " * 50_000),
        lambda path: write(path, damaged.released()),
        lambda path: os.utime(path, ns=(1, 1)),
    ],
    ids=["emptied within one tick of the clock", "emptied", "grown", "exchanged", "touched"],
)
def test_file_that_changes_while_it_is_read_is_refused(tmp_path, monkeypatch, change):
    path, look = write(tmp_path / "x.ipynb", good()), os.fstat
    seen = []

    def look_and_change(descriptor):
        status = look(descriptor)
        if not seen:
            seen.append(descriptor)
            change(path)
        return status

    # open() looks, too: only what comes after the file is open counts.
    monkeypatch.setattr(files.os, "fstat", look_and_change)
    intake_ = sound(take_in(path, RELEASE))
    assert not intake_.readable and "changed while it was read" in intake_.notes[0]


HOUR, TICK, CLOCK = 3_600_000_000_000, files.TICKS[0], 4_000_000  # ns

WHOSE = {  # when the folders of the owner and of another were last changed, after the last link
    "linked an hour later": (-HOUR, 0, True),
    "linked 6 ms later": (-6_000_000, 0, True),
    "linked at the same moment": (0, 0, False),
    "linked within the same tick of the clock": (-CLOCK, CLOCK, False),
    "the owner has changed the folder since": (HOUR, 0, True),
    "both have": (HOUR, 2 * HOUR, False),
    "only the other has": (-HOUR, HOUR, False),
    "the file was changed once more, and then the owner's folder": (HOUR, -HOUR, False),
    "the file was changed once more": (-2 * HOUR, -HOUR, False),
}


@pytest.mark.parametrize("own, other, known", WHOSE.values(), ids=WHOSE)
def test_owner_of_a_file_of_several_names_is_known_or_nobody_is(own, other, known):
    file = SimpleNamespace(st_uid=1, st_ctime_ns=10 * HOUR)
    folders = {
        Path(name): SimpleNamespace(st_uid=1, st_ctime_ns=file.st_ctime_ns + after)
        for name, after in (("own", own), ("other", other))
    }
    assert files.whose(file, folders) == (Path("own") if known else None)


def linked(tmp_path):
    """A student's notebook, and one of another student who has linked to it a while later."""
    own, second = (tmp_path / "submitted" / who / CHAPTER / "x.ipynb" for who in ("anna", "ben"))
    for path in (own, second):
        path.parent.mkdir(parents=True)
    write(own, good())
    time.sleep(2 * TICK / 1e9)
    os.link(own, second)
    return own, second


def later(change):
    time.sleep(2 * TICK / 1e9)
    change()


@posix
def test_second_name_of_a_file_is_its_makers_and_never_costs_the_owner(tmp_path):
    own, second = linked(tmp_path)
    for change in (lambda: None, own.with_name("notes.txt").touch):  # not there was the link made
        later(change)
        assert take_in(own, RELEASE).readable
        assert "hard link" in sound(take_in(second, RELEASE)).notes[0]


@posix
def test_where_nobody_can_say_whose_a_file_is_it_is_read_for_nobody(tmp_path):
    own, second = linked(tmp_path)
    for path in (own, second):
        later(path.with_name("notes.txt").touch)
    for path, other in ((own, "ben"), (second, "anna")):
        taken = sound(take_in(path, RELEASE))
        assert "hard link" in taken.notes[0] and other not in taken.notes[0]
        assert f"one file with that of {other}" in taken.unclear.in_words


@posix
def test_file_with_a_name_outside_of_the_class_is_read_for_nobody(tmp_path):
    own, second = linked(tmp_path)
    second.rename(tmp_path / "away")
    assert "one file with one elsewhere" in sound(take_in(own, RELEASE)).unclear.in_words


@posix
@pytest.mark.skipif(os.geteuid() != 0, reason="gives files to others")
def test_file_of_several_names_is_its_users_whatever_was_changed_since(tmp_path):
    own, second = linked(tmp_path)
    for path, uid in ((second.parent, 4_002), (own.parent, 4_001), (own, 4_001)):
        os.chown(path, uid, uid)
    assert take_in(own, RELEASE).readable
    assert "hard link" in sound(take_in(second, RELEASE)).notes[0]


@posix
@pytest.mark.parametrize("exchanged", ["thief", f"thief/{CHAPTER}"])
def test_folder_that_is_exchanged_for_a_link_after_it_was_looked_at_reaches_no_neighbour(
    tmp_path, monkeypatch, exchanged
):
    submitted, name = tmp_path / "submitted", "01_relu_loop.ipynb"
    for student in ("neighbour", "thief"):
        (submitted / student / CHAPTER).mkdir(parents=True)
        write(submitted / student / CHAPTER / name, student.encode())
    folder, away, look = submitted / exchanged, tmp_path / "away", os.lstat

    def look_and_exchange(path, **options):
        status = look(path, **options)
        if "away" not in os.listdir(tmp_path):
            folder.rename(away)
            folder.symlink_to(submitted / exchanged.replace("thief", "neighbour"))
        return status

    path = submitted / "thief" / CHAPTER / name
    assert read_regular_file(path) == b"thief"
    monkeypatch.setattr(files.os, "lstat", look_and_exchange)
    with pytest.raises(Refused, match="cannot be opened"):
        read_regular_file(path)
