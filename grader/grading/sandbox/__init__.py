"""Where student code runs while it is graded: confined by what this machine offers.

    sandbox = choose()                    # bubblewrap, else Landlock, else NoSandbox (or unsafe=True)
    print(sandbox.describe())             # the first line of a class run
    with sandbox.start(["-c", "print(6 * 7)"], stdout=PIPE) as confined:
        confined.process.communicate()    # a Popen; poll(), kill(), and at the end nothing is left

| attack | bubblewrap | Landlock |
|---|---|---|
| read gradebook, sources, other submissions, tokens in files | mount namespace: a list of paths, read-only | Landlock: the same list |
| read them from the environment | a list of variables | the same |
| import the reference, nbgrader, pytest | environment of the lessons' packages | the same |
| write: configuration, caches, data files, through links | two tmpfs; nothing comes back out | Landlock, throw-away folder; seccomp: chmod, utime, xattr, truncate |
| network, abstract sockets, docker.sock, ssh-agent | network namespace; seccomp: no connect | seccomp; Landlock scope (6.12) |
| see, signal, trace, slow down other processes | process namespace; seccomp | seccomp: signals to itself only; Landlock |
| processes that live on, fork bombs | no fork (seccomp); die with the parent | the same |
| thread bombs | process limit, as a user of its own | the same; plain users share theirs with a margin |
| memory | address space of the one process; no memory that it does not count | the same |
| disk | tmpfs of limited size; only sockets on the host's disk | file size; total seen by `Confined.poll` |
| endless loops | processor time; interrupts and kills come from outside | the same |
| become root, escape through the kernel | unprivileged user, no_new_privs, seccomp, nothing newer than Linux 5.2 | the same |
| files and sockets left behind for us to trip over | one folder of sockets, removed unread | throw-away folder, removed unread |

Commands (`!pip install`) print a line instead of running: one process is what makes the memory limit
a limit without cgroups, and what lets Landlock promise that nothing lives on. Processes die with the
*thread* that started them (Linux sends the parent-death signal then): start them from one that stays.
"""

from __future__ import annotations

from functools import cache

from .base import Confined, NoSandbox, Sandbox
from .bubblewrap import Bubblewrap
from .landlock import Landlock
from .limits import Limits

__all__ = ["Confined", "Limits", "NoSandbox", "Sandbox", "choose"]

ADVICE = """Student code cannot be confined on this machine.
{reasons}
What helps:
  - Debian, Ubuntu, Fedora: install the package `bubblewrap` (0.7 or later).
  - Ubuntu 23.10 and later: allow it user namespaces, by an AppArmor profile for /usr/bin/bwrap
    (package apparmor-profiles: copy bwrap-userns-restrict to /etc/apparmor.d and reload).
  - Docker, Kubernetes: nothing to install, but Linux 5.13 or later with Landlock enabled.
  - Only if you trust every submission: --unsafe."""


@cache
def choose(unsafe: bool = False, packages: tuple[str, ...] = ()) -> Sandbox:
    """The best sandbox that works here, tried once. Raises NoSandbox where there is none, unless
    `unsafe`. `packages` are there for the students besides the usual ones (`("scipy",)`)."""
    reasons = []
    for kind in (Bubblewrap, Landlock):
        sandbox = kind(packages)
        try:
            sandbox.probe()
        except NoSandbox as error:
            reasons.append(f"  - {kind.name}: {error}")
        else:
            return sandbox
    if unsafe:
        return Sandbox(packages)
    raise NoSandbox(ADVICE.format(reasons="\n".join(reasons)))
