"""Files and folders -> states that can be compared later: by content, and at a glance by what the system says of them.

A state is None (nothing is there) or `[stamp, digest]`. The stamp (size, times, inode) is believed when it is the same
and was not taken in the very moment of a change; else the digest decides: of a file its bytes, of a folder its names.
Where only some names of a folder matter, `part_of` makes a path that stands for these.
Imports next to nothing: `build.py` asks before anything else is loaded.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from functools import cache

TYPE_CHECKING = False  # As type checkers know it; typing itself takes longer than all that is done here.
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, TypeAlias

    State: TypeAlias = list[Any] | None
    """None, or `[stamp, digest]` as JSON has it; the stamp of a state that must be read each time is an empty list."""

MOMENT_NS, COARSE_NS = 20_000_000, 2_000_000_000
"""Nanoseconds after a change in which a second one might bear the same time; where a disk counts whole seconds (FAT)."""

CHANGED: State = ["", ""]
"""State of a file that changed while it was used: nothing is ever like it."""

HOUSE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(HOUSE)
"""The folder of the program, and the one of build.py."""

CACHE = "ZHIBI_CACHE"
"""Variable of the environment that names another folder for what is kept between runs."""

_PART = "\0"
"""What no name holds: it parts a folder from the stem and the ending of those of its names that matter."""


def kept_in(name: str) -> str:
    """Return the folder in which records called `name` are kept."""
    return os.path.join(os.environ.get(CACHE) or os.path.join(ROOT, ".cache"), name)


def stamp_of(path: str) -> list[int] | None:
    """Return what the system says of a file or folder: size, times, inode; None when there is none."""
    try:
        found = os.stat(path.partition(_PART)[0])
    except (OSError, ValueError):
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def is_helper(name: str) -> bool:
    """Tell whether a file is an editor's or office program's own (.甲.yaml.swp, ~$甲.docx): no paper is made from it."""
    return name.startswith((".", "~", "#")) or name.endswith(("~", ".tmp", ".swp", ".bak"))


untold: list[str] = []
"""Folders that are being listed just now, and nobody is told."""


def part_of(folder: str, stem: str, ending: str) -> str:
    """Return a path for those names of a folder that begin or end with `stem`, before the same `ending`, in any Unicode
    form and case: a file of that name, and what may be a copy of it.
    """
    return _PART.join((folder, stem, ending))


def place_of(path: str) -> str:
    """Return the folder in which a change shows of what stands at `path`."""
    folder, part, _ = path.partition(_PART)
    return folder if part or os.path.isdir(path) else os.path.dirname(path)


def names_of(path: str) -> list[str]:
    """Return the names of a folder that matter; who watches (`seen`) is not told of the listing."""
    folder, _, rest = path.partition(_PART)
    untold.append(folder)
    try:
        names = os.listdir(folder)
    finally:
        untold.pop()
    if not rest:
        return names
    from unicodedata import normalize  # Imported late: folders seldom change.

    def folded(word: str) -> str:
        return normalize("NFC", word).casefold()

    stem, ending = map(folded, rest.split(_PART))
    bodies = {name: form.removesuffix(ending) for name in names if (form := folded(name)).endswith(ending)}
    return [name for name, body in bodies.items() if body.startswith(stem) or body.endswith(stem)]


def digest_of(path: str) -> str:
    """Return a digest of the bytes of a file or the names in a folder but for helper files; nothing for what
    cannot be read."""
    try:
        if _PART in path or os.path.isdir(path):
            names = "\0".join(sorted(name for name in names_of(path) if not is_helper(name)))
            return hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()
        if not stat.S_ISREG(os.stat(path).st_mode):
            return ""  # Reading a pipe would wait, and empty it.
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def state_of(path: str) -> State:
    """Return the state of a file or folder."""
    stamp = stamp_of(path)
    if stamp is None:
        return None
    known = _digests.get(path)
    digest = known[1] if known and known[0] == stamp else digest_of(path)
    if stamp_of(path) != stamp or not digest:
        return CHANGED
    if is_fresh(stamp):
        return [[], digest]
    _digests[path] = (stamp, digest)
    return [stamp, digest]


def glance(stamp: list[int] | None) -> State:
    """Return the state of what is known by its stamp alone: any touch makes it another one."""
    return None if stamp is None else CHANGED if is_fresh(stamp) else [stamp, ""]


def is_fresh(stamp: list[int]) -> bool:
    """Tell whether a second change might still bear the time of the last one."""
    last = max(stamp[1], stamp[2])
    return time.time_ns() - last < (MOMENT_NS if last % 1_000_000_000 else COARSE_NS)


_digests: dict[str, tuple[list[int], str]] = {}
"""Digests of this process by path, each with the stamp it holds for: fonts of 26 MB are asked for with each report."""


def settled(states: Mapping[str, State]) -> dict[str, State]:
    """Return states with the stamps of now where the content is the same, so that it need not be read next time."""
    found = dict(states)
    for path, state in states.items():
        if state is not None and stamp_of(path) != state[0]:
            now = state_of(path)
            if now is not None and now[0] and now[1] == state[1]:
                found[path] = now
    return found


def is_still(path: str, state: State) -> bool:
    """Tell whether what stands at `path` is what `state` was taken of."""
    stamp = stamp_of(path)
    if state is None or stamp is None:
        return state is None and stamp is None
    if state == CHANGED:
        return False
    return bool(state[0] == stamp or digest_of(path) == state[1])


def all_still(states: Mapping[str, State]) -> bool:
    """Tell whether all of these are what they were."""
    return touched(states) is not None


def touched(states: Mapping[str, State]) -> list[str] | None:
    """Return what is the same by its content only; None when something is not what it was."""
    found = []
    for path, state in states.items():
        if state is not None and stamp_of(path) == state[0]:
            continue
        if not is_still(path, state):
            return None
        if state is not None:
            found.append(path)
    return found


def engine() -> str:
    """Return a mark of the program that runs, its libraries and what it is told by the environment."""
    marks = [f"{name}={os.environ.get(name)}" for name in _VARIABLES] + _installed()
    return hashlib.sha256("\n".join(marks).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _installed() -> list[str]:
    """Return marks of program and libraries, as they were at first: what is saved later is not what runs here."""
    return [f"{path} {stamp_of(path)}" for path in sorted(_files(HOUSE))] + sorted(_libraries())


@cache
def program() -> str:
    """Return a mark of program and libraries, as they were at first, that is the same wherever they lie."""
    marks = [f"{os.path.relpath(path, HOUSE)} {digest_of(path)}" for path in sorted(_files(HOUSE))]
    marks += sorted(os.path.basename(line) for line in _libraries() if line.endswith("-info"))
    return hashlib.sha256("\n".join(marks).encode("utf-8", "surrogatepass")).hexdigest()


_VARIABLES = (
    "SOURCE_DATE_EPOCH",
    "HOME",
    "XDG_DATA_HOME",
    "XDG_DATA_DIRS",
    "XDG_CONFIG_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "FONTCONFIG_SYSROOT",
)


def _files(folder: str) -> Iterator[str]:
    """Yield every file of the program."""
    for entry in os.scandir(folder):
        if not entry.is_dir():
            yield entry.path
        elif entry.name != "__pycache__":
            yield from _files(entry.path)


def _libraries() -> Iterator[str]:
    """Yield the names of what is installed beside the program, which hold versions, and marks of the interpreter: it may
    be another one now that stands behind its link.
    """
    home = os.path.join(ROOT, ".venv")
    if not os.path.isdir(home):
        home = sys.prefix
        yield sys.version
    for name in ("pyvenv.cfg", "bin/python", "Scripts/python.exe"):
        yield f"{home} {stamp_of(os.path.join(home, name))}"
    pythons = [
        os.path.join(home, "lib", name) for name in _names(os.path.join(home, "lib")) if "python" in name
    ]
    for folder in (*pythons, os.path.join(home, "Lib")):
        yield from (
            f"{folder} {name}" for name in _names(os.path.join(folder, "site-packages")) if "-" in name
        )


def _names(folder: str) -> Iterable[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return ()
