"""An output folder with its project around it, and pairs of real files to write into it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.battery.writing_papers import STEM, VERSIONS, Pair, finished, make_pair
from zhibi.output import Saved, save_report

Save = Callable[..., Saved]


@pytest.fixture(scope="session")
def pairs() -> list[Pair]:
    return [make_pair(version) for version in range(VERSIONS)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "成品"


@pytest.fixture
def docx(folder: Path) -> Path:
    return folder / f"{STEM}.docx"


@pytest.fixture
def pdf(folder: Path) -> Path:
    return folder / f"{STEM}.pdf"


@pytest.fixture
def save(folder: Path, pairs: list[Pair]) -> Save:
    """Save a version of the paper; `stem` and `data` for another one."""

    def save_version(version: int, **other: str) -> Saved:
        return save_report(folder, finished(pairs[version], folder, **other), lambda path: path.name)

    return save_version


def word_owner(name: str, start: int = 55) -> bytes:
    """Return an owner file as Word writes it: the name in GBK, then in UTF-16."""
    narrow, wide = name.encode("gbk", errors="replace"), name.encode("utf-16-le")
    content = bytes([len(narrow)]) + narrow.ljust(53, b" ") + bytes([len(name)])
    return (content.ljust(start, b"\0") + wide).ljust(162, b" ")
