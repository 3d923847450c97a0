"""Test settings: laws look at new cases on every run at a desk, and at the same ones in CI."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.judges.samples import Sample, build

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def built_samples(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Sample]:
    """Give the files of a sample by its name (`tests.judges.samples.NAMES`), built once a test run."""
    folder: Path = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    return lambda name: build(name, folder / "样文")
