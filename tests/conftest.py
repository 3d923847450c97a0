"""Test settings: laws look at new cases on every run at a desk, and at the same ones in CI."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.judges.samples import Sample

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what runs leave for later ones apart from what a person's own runs have left."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHIBI_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--battery", action="store_true", help="the fault battery in full, as make battery runs it"
    )


@pytest.fixture(scope="session")
def rounds(pytestconfig: pytest.Config) -> Callable[[int, int], int]:
    """Give how many rounds a test of the battery runs: `rounds(few, all)`, all of them under --battery."""
    whole = bool(pytestconfig.getoption("--battery"))
    return lambda few, every: every if whole else few


@pytest.fixture(scope="session")
def built_samples(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sample]:
    """Give the files of a sample by its name (`tests.judges.samples.NAMES`), built once a test run."""
    from tests.judges.samples import build  # Imported late: the judges cost every test run half a second.

    folder: Path = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    return lambda name: build(name, folder / "样文")
