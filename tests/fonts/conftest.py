"""Machines inside this process: fontconfig's tools are asked anew, what they said is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fonts.machine import machine
from zhibi import fonts

Elsewhere = Callable[..., dict[str, str]]


def _forget() -> None:
    for asked in (fonts.match_face, fonts.face_file, fonts._matched, fonts._families):
        asked.cache_clear()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    """Return a function that puts the test on a machine with the given font files only."""

    def move(*files: Path) -> dict[str, str]:
        environment = machine(tmp_path, files)
        monkeypatch.setenv("FONTCONFIG_FILE", environment["FONTCONFIG_FILE"])
        _forget()
        return environment

    yield move
    monkeypatch.undo()
    _forget()
