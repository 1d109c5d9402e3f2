"""Where student code runs while it is graded: confined by what this machine offers.

    sandbox = choose()                    # bubblewrap, else Landlock, else NoSandbox (or unsafe=True)
    print(sandbox.describe())             # the first line of a class run
    with sandbox.start(["-c", "print(6 * 7)"], stdout=PIPE) as confined:
        confined.process.communicate()    # a Popen; poll(), kill(), and at the end nothing is left

| attack | bubblewrap | Landlock |
|---|---|---|
| read gradebook, sources, other submissions | a list of paths, read-only, is mounted | may be opened |
| tokens in the environment | a list of variables | the same |
| import the reference, nbgrader, pytest | an environment of the lessons' packages | the same |
| write configuration, caches, others' files | two tmpfs for each lesson | a folder for each lesson |
| mark what outlives a lesson: modes, attributes, locks | the same; seccomp | seccomp |
| network, abstract sockets, docker.sock | network namespace; seccomp: no connect | seccomp |
| see, signal, trace, slow down processes | process namespace; seccomp | seccomp: signals to itself |
| fork bombs, processes that live on | no fork (seccomp); die with the parent | the same |
| thread bombs | process limit, as a user of its own | the same; plain users: with a margin |
| memory | address space of the one process, and nothing that it does not count | the same |
| disk | size of the tmpfs; only sockets on the host's | file size; total by `Confined.poll` |
| endless loops | processor time; interrupts and kills come from outside | the same |
| root, holes in the kernel | free user, no_new_privs, seccomp: nothing after Linux 5.2 | the same |
| links, FIFOs left for us to trip over | nothing comes out | removed unread |

Commands (`!pip install`) print a line instead of running: one process is what makes the memory limit
a limit without cgroups, and what lets Landlock promise that nothing lives on. Processes die with the
*thread* that started them (Linux sends the parent-death signal then): start them from one that stays.
"""

from __future__ import annotations

from functools import cache

from .base import Confined, NoSandbox, Sandbox, remove_left_folders
from .bubblewrap import Bubblewrap
from .landlock import Landlock
from .limits import Limits

__all__ = ["Confined", "Limits", "NoSandbox", "Sandbox", "choose", "named"]

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
    remove_left_folders()
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


def named(name: str) -> Sandbox:
    """The sandbox that `choose` has found, by its name: in another process of the same run."""
    return next(kind() for kind in (Bubblewrap, Landlock, Sandbox) if kind.name == name)
