"""Hands in links to the gradebook, to notes of the grader and to /etc/passwd as data files."""

HONEST, EARNS = True, 2


def damage(it):
    for name, target in (
        ("gradebook.txt", it.world.course / "gradebook.db"),
        ("passwd.txt", "/etc/passwd"),
        ("notes.txt", it.world.course / "notes.txt"),
        ("home.csv", it.world.home / ".netrc"),
    ):
        (it.folder / name).symlink_to(target)
