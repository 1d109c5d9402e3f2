"""Downloads as learning platforms make them, for tests: zip archives of submitted files."""

import io
import stat
import zipfile
from pathlib import Path


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive with these files."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return memory.getvalue()


def write_zip(path: Path, files: dict[str, bytes]) -> Path:
    path.write_bytes(zipped(files))
    return path


def link_to(target: str) -> tuple[zipfile.ZipInfo, str]:
    """A symbolic link, as `zip --symlinks` stores it."""
    member = zipfile.ZipInfo("link.ipynb")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member, target
