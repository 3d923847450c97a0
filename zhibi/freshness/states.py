"""Files and folders -> states that can be compared later: by content, and at a glance by what the system says of them.

A state is None (nothing is there) or `[stamp, digest]`. The stamp (size, times, inode) is believed when it is the same
and was not taken in the very moment of a change; else the digest decides: of a file its bytes, of a folder its names.
Imports next to nothing: `build.py` asks before anything else is loaded.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from contextlib import contextmanager
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

_HOUSE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(_HOUSE)
"""The folder of build.py."""

CACHE = "ZHIBI_CACHE"
"""Variable of the environment that names another folder for what is kept between runs."""

_WRITING = os.O_WRONLY | os.O_RDWR
_EVENTS = frozenset({"open", "os.listdir", "os.scandir"})


def kept_in(name: str) -> str:
    """Return the folder in which records called `name` are kept."""
    return os.path.join(os.environ.get(CACHE) or os.path.join(ROOT, ".cache"), name)


def stamp_of(path: str) -> list[int] | None:
    """Return what the system says of a file or folder: size, times, inode; None when there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def is_helper(name: str) -> bool:
    """Tell whether a file is an editor's or office program's own (.甲.yaml.swp, ~$甲.docx): no paper is made from it."""
    return name.startswith((".", "~", "#")) or name.endswith(("~", ".tmp", ".swp", ".bak"))


def digest_of(path: str) -> str:
    """Return a digest of the bytes of a file or the names in a folder but for helper files; nothing for what cannot be read."""
    try:
        if os.path.isdir(path):
            names = "\0".join(sorted(name for name in os.listdir(path) if not is_helper(name)))
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
    if _is_fresh(stamp):
        return [[], digest]
    _digests[path] = (stamp, digest)
    return [stamp, digest]


def _is_fresh(stamp: list[int]) -> bool:
    """Tell whether a second change might still bear the time of the last one."""
    last = max(stamp[1], stamp[2])
    return time.time_ns() - last < (MOMENT_NS if last % 1_000_000_000 else COARSE_NS)


_digests: dict[str, tuple[list[int], str]] = {}
"""Digests of this process by path, each with the stamp it holds for: fonts of 26 MB are asked for with each report."""


def settled(states: Mapping[str, State]) -> dict[str, State]:
    """Return states that were taken in the moment of a change with the stamps of now, where the content is the same."""
    found = dict(states)
    for path, state in states.items():
        if state is not None and not state[0] and (now := state_of(path)) is not None and now[1] == state[1]:
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
    return all(is_still(path, state) for path, state in states.items())


class Seen:
    """What a piece of work looked at: files it opened and folders it listed, each with its first stamp."""

    def __init__(self) -> None:
        self.stamps: dict[str, list[int] | None] = {}
        self._digests: dict[str, str] = {}

    def note(self, path: str) -> None:
        """Note a file or folder as it is now; of a file also the folder, where another one may come."""
        self._note(path)
        if not os.path.isdir(path):
            self._note(os.path.dirname(path))

    def _note(self, path: str) -> None:
        if path not in self.stamps:
            stamp = self.stamps[path] = stamp_of(path)
            if stamp is not None and _is_fresh(stamp):
                self._digests[path] = digest_of(path)

    def states(self) -> dict[str, State]:
        """Return their states; what changed while the work was done is told apart."""
        found = {}
        for path, stamp in self.stamps.items():
            state = state_of(path)
            same = stamp_of(path) == stamp and (
                state is None or state[1] == self._digests.get(path, state[1])
            )
            found[path] = state if same else CHANGED
        return found


_watching: list[Seen] = []
_hooked: list[bool] = []


@contextmanager
def watching() -> Iterator[Seen]:
    """Note every file that this process opens and every folder it lists, whoever asks for it.

    The interpreter tells of each (PEP 578), so no reader of ours or of a library's can be forgotten.
    """
    if not _hooked:
        sys.addaudithook(_note)
        _hooked.append(True)
    seen = Seen()
    _watching.append(seen)
    try:
        yield seen
    finally:
        _watching.remove(seen)


def looked_at(path: str | os.PathLike[str]) -> None:
    """Note a file that is not opened because what it holds is known already."""
    for seen in _watching:
        _add(seen, os.fspath(path))


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching or event not in _EVENTS:
        return
    path = arguments[0]
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        return
    if isinstance(path, (str, bytes, os.PathLike)):
        name = os.fsdecode(path)
        for seen in list(_watching):
            _add(seen, name)


def _add(seen: Seen, name: str) -> None:
    try:
        # `..` behind a link leads elsewhere than the words say.
        whole = os.path.join(os.getcwd(), name) if ".." in name else os.path.abspath(name)
    except OSError:  # A name that begins in a folder that somebody deleted.
        return
    if whole not in seen.stamps and (whole.startswith(_SHARED) or not whole.startswith(_own_places())):
        seen.note(whole)


_SHARED = "/dev/shm/"
"""Of what lies in /dev, the one folder that people keep files in."""

_places: list[tuple[str, ...]] = []


def _own_places() -> tuple[str, ...]:
    """Return where nothing lies that a paper is made from: the program and its libraries, which `engine` knows."""
    if not _places:
        roots = {
            _HOUSE,
            os.path.join(ROOT, ".cache"),
            os.path.join(ROOT, ".venv"),
            os.path.dirname(os.__file__),
        }
        roots |= {path for path in sys.path if path.endswith("-packages")} | {"/proc", "/sys", "/dev", "/etc"}
        _places.append(tuple(sorted(os.path.join(root, "") for root in roots)))
    return _places[0]


def engine() -> str:
    """Return a mark of the program that runs, its libraries and what it is told by the environment."""
    marks = [f"{name}={os.environ.get(name)}" for name in _VARIABLES] + _installed()
    return hashlib.sha256("\n".join(marks).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _installed() -> list[str]:
    """Return marks of program and libraries, as they were at first: what is saved later is not what runs here."""
    return [f"{path} {stamp_of(path)}" for path in sorted(_files(_HOUSE))] + sorted(_libraries())


@cache
def program() -> str:
    """Return a mark of program and libraries, as they were at first, that is the same wherever they lie."""
    marks = [f"{os.path.relpath(path, _HOUSE)} {digest_of(path)}" for path in sorted(_files(_HOUSE))]
    marks += sorted(os.path.basename(line) for line in _libraries() if line.endswith("-info"))
    return hashlib.sha256("\n".join(marks).encode("utf-8", "surrogatepass")).hexdigest()


_VARIABLES = (
    "SOURCE_DATE_EPOCH",
    "HOME",
    "XDG_DATA_HOME",
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
    """Yield the names of what is installed beside the program; a name holds its version."""
    home = os.path.join(ROOT, ".venv")
    if not os.path.isdir(home):
        home = sys.prefix
        yield sys.version
    yield f"{home} {stamp_of(os.path.join(home, 'pyvenv.cfg'))}"
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
