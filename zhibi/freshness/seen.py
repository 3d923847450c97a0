"""What a piece of work looks at -> the states of it, so that it is known later what the work rests on."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from zhibi.freshness.states import (
    CHANGED,
    HOUSE,
    ROOT,
    digest_of,
    is_fresh,
    names_of,
    part_of,
    stamp_of,
    state_of,
    untold,
)

if TYPE_CHECKING:
    from zhibi.freshness.states import State

_WRITING = os.O_WRONLY | os.O_RDWR
_EVENTS = frozenset({"open", "os.listdir", "os.scandir"})
_DECIDING = re.compile(rb" (/.*/lib(?:pango|harfbuzz|fontconfig|freetype|fribidi|z\.).*)\n")
_REPLACED = " (deleted)"
"""What Linux says behind the name of a loaded file that is no more."""


class Seen:
    """What a piece of work looked at: files it opened, folders it listed and parts of these, each with its first stamp."""

    def __init__(self) -> None:
        self.stamps: dict[str, list[int] | None] = {}
        self._digests: dict[str, str] = {}
        self._parts: set[str] = set()

    def note(self, path: str, *, part: bool = False) -> None:
        """Note a file, a folder or a `part` of one as it is now."""
        if path not in self.stamps:
            stamp = self.stamps[path] = stamp_of(path)
            if stamp is not None and (part or is_fresh(stamp)):
                self._digests[path] = digest_of(path)
            if part:
                self._parts.add(path)

    def states(self) -> dict[str, State]:
        """Return their states; what changed while the work was done is told apart."""
        found = {}
        for path, stamp in self.stamps.items():
            state = state_of(path)
            # Other files may come into a folder of which only a part matters.
            same = stamp_of(path) == stamp or bool(state and stamp and path in self._parts)
            if state is not None:
                same &= state[1] == self._digests.get(path, state[1])
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


def names_like(folder: str | os.PathLike[str], stem: str, ending: str) -> list[str]:
    """List the names of a folder that `part_of` tells of; any other file may come or go."""
    whole = _whole(os.fspath(folder))
    if not whole:  # A folder that somebody deleted, or no name: the system says which.
        return os.listdir(folder)
    part = part_of(whole, stem, ending)
    if _may_change(whole):
        for seen in _watching:
            seen.note(part, part=True)
    return names_of(part)


def libraries_used(maps: str = "/proc/self/maps") -> None:
    """Note the system's libraries that this process has loaded and that decide how a paper comes out; only Linux tells."""
    try:
        with open(maps, "rb") as file:
            paths = set(map(os.fsdecode, _DECIDING.findall(file.read())))
    except OSError:
        return
    for path in paths:
        there = path.removesuffix(_REPLACED)
        for seen in _watching:
            _add(seen, there)
            if there != path:  # An upgrade came: what this process makes is not what the next one would.
                seen.stamps[there] = []


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching or untold or event not in _EVENTS:
        return
    path = arguments[0]
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        return
    if isinstance(path, (str, bytes, os.PathLike)):
        name = os.fsdecode(path)
        for seen in list(_watching):
            _add(seen, name)


def _add(seen: Seen, name: str) -> None:
    whole = _whole(name)
    if whole and whole not in seen.stamps and _may_change(whole):
        seen.note(whole)


def _may_change(whole: str) -> bool:
    """Tell whether a file or folder may be one that papers are made from."""
    return whole.startswith(_SHARED) or not whole.startswith(_own_places())


def _whole(name: str) -> str:
    """Return the whole name of a file or folder; nothing for what no system opens."""
    try:
        # `..` behind a link leads elsewhere than the words say.
        whole = os.path.join(os.getcwd(), name) if ".." in name else os.path.abspath(name)
    except OSError:  # A name that begins in a folder that somebody deleted.
        return ""
    return "" if "\0" in whole else whole


_SHARED = "/dev/shm/"
"""Of what lies in /dev, the one folder that people keep files in."""

_places: list[tuple[str, ...]] = []


def _own_places() -> tuple[str, ...]:
    """Return where nothing lies that a paper is made from: the program and its libraries, which `engine` knows."""
    if not _places:
        roots = {
            HOUSE,
            os.path.join(ROOT, ".cache"),
            os.path.join(ROOT, ".venv"),
            os.path.dirname(os.__file__),
        }
        roots |= {path for path in sys.path if path.endswith("-packages")} | {"/proc", "/sys", "/dev", "/etc"}
        _places.append(tuple(sorted(os.path.join(root, "") for root in roots)))
    return _places[0]
