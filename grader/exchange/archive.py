"""Archives of strangers: read by file, in memory, within limits; no path of theirs is ever written to."""

from __future__ import annotations

import io
import os
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..grading.intake.files import Refused, read_regular_file
from ..grading.intake.handed_in import most_bytes
from ..grading.records import ClassError

MAX_ENTRIES = 200_000
"""Files of a download: 10,000 students with twenty files each."""

MAX_PATH = 1000
"""Characters of a file's path: accents are set in order, and copies counted, in time with its square."""

MAX_FILES_OF_STUDENT = 200
MAX_LISTED = 20_000
"""Files of an archive and of those within it, as far as they can be counted."""

ENTRY = b"PK\x01\x02"
"""How an archive's list begins each line (APPNOTE.TXT of PKWARE, 4.3.12)."""

MAX_BYTES_OF_STUDENT = 200_000_000

NOISE = {"__MACOSX", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Entry:
    """A file of an archive or folder: its path there, and how to read it (raises Refused)."""

    path: PurePosixPath
    read: Callable[[], bytes]

    @property
    def is_noise(self) -> bool:
        """What an operating system or an editor left behind."""
        return bool(NOISE & set(self.path.parts)) or self.path.name.startswith(("._", "~$"))


@contextmanager
def opened(source: Path) -> Iterator[list[Entry]]:
    """The files of a zip archive or a folder, in order of their paths, while it is open.

    Raises ClassError for what is neither.
    """
    if source.is_dir():
        yield list(entries_of_folder(source))
        return
    with ExitStack() as stack:
        try:
            with damage_refused("it is no zip archive that can be read"):
                archive = stack.enter_context(zipfile.ZipFile(source))
                entries = list(entries_of_zip(archive))
        except Refused as reason:
            raise ClassError(f"{source}: {reason}.") from reason
        yield entries


@contextmanager
def damage_refused(what: str) -> Iterator[None]:
    """Raises Refused for whatever zipfile and what unpacks for it stumble over.

    They name no error for it: LZMAError, UnicodeDecodeError and IndexError are among them.
    """
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"{what} ({error})") from error


def entries_of_folder(folder: Path) -> Iterator[Entry]:
    """Of all folders below it, none through a link."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not (Path(place) / name).is_symlink())
        for name in sorted(files):
            path = Path(place) / name
            shown = unicodedata.normalize("NFC", path.relative_to(folder).as_posix())
            yield entry_of(path, PurePosixPath(shown))


def entry_of(path: Path, shown: PurePosixPath) -> Entry:
    return Entry(shown, lambda: read_regular_file(path, most_of(path.name)))


def most_of(name: str) -> int:
    """How large a file may be; an archive holds others."""
    return MAX_BYTES_OF_STUDENT if name.lower().endswith(".zip") else most_bytes(PurePosixPath(name).name)


def entries_of_zip(archive: zipfile.ZipFile) -> Iterator[Entry]:
    """Of an archive that is open. Raises Refused for one with too many files."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_ENTRIES:
        raise Refused(f"it holds {len(members)} files, more than {MAX_ENTRIES}")
    for member in sorted(members, key=name_of):
        yield Entry(PurePosixPath(name_of(member)), lambda member=member: read_member(archive, member))


UTF_8 = 0x800
"""The flag of an archive's file whose name says in which encoding it is."""


def name_of(member: zipfile.ZipInfo) -> str:
    """A file's path in an archive, as much of it as any system takes. macOS writes UTF-8 without saying so,
    with accents of their own."""
    name = member.filename[:MAX_PATH]
    if not member.flag_bits & UTF_8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name).replace("\\", "/")


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of one file. Raises Refused for what is no regular file, locked, damaged or too large.

    What the archive says of the size is not believed: no more than may be is ever unpacked.
    """
    if len(member.filename) > MAX_PATH:
        raise Refused(f"its name has more than {MAX_PATH} characters")
    most = most_of(member.filename)
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise Refused("it is a link or a device, not a regular file")
    if member.flag_bits & 1:
        raise Refused("it is locked by a password")
    with damage_refused("it is damaged in the archive"), archive.open(member) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise Refused(f"it has more than the {most / 1e6:.0f} MB that are accepted")
    return data


def entries_within(data: bytes) -> list[Entry]:
    """The files of an archive that a student handed in. Raises Refused.

    They are counted before they are listed: four million fit into what one may hand in.
    """
    if (listed := data.count(ENTRY)) > MAX_LISTED:
        raise Refused(f"it holds {listed} files, more than {MAX_FILES_OF_STUDENT}")
    with damage_refused("it is no zip archive that can be read"):
        archive = zipfile.ZipFile(io.BytesIO(data))  # closed with the last entry that reads from it
        entries = [entry for entry in entries_of_zip(archive) if not entry.is_noise]
    if len(entries) > MAX_FILES_OF_STUDENT:
        raise Refused(f"it holds {len(entries)} files, more than {MAX_FILES_OF_STUDENT}")
    return entries
