"""The files that are judged: every report of config.yaml, every form, two hand-made papers, each built once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from tests.writers.papers import everything, small
from zhibi.layout import lay_out
from zhibi.model import Project, read_config
from zhibi.nodes import Flow
from zhibi.pipeline import WRITERS, check_report

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = Project(ROOT, ROOT / "templates")
FORMS = {path.stem: path for path in sorted((ROOT / "tests" / "forms").glob("*.yaml"))}
"""Papers in every form of the standard: 文件, 联合, 信函, 命令, 纪要."""

_DATA = {entry.name: entry.data for entry in read_config(ROOT / "config.yaml", PROJECT).reports} | FORMS
_PAPERS: Mapping[str, Callable[[], Flow]] = {"小样": small, "全样": everything}
NAMES = (*_DATA, *_PAPERS)


@dataclass(frozen=True, slots=True)
class Sample:
    """The two files of one paper."""

    docx: Path
    pdf: Path


def build(name: str, folder: Path) -> Sample:
    """Return the files of a sample in `folder`, which test processes may share; build them when missing."""
    place = folder / name
    if not place.exists():
        _build_into(name, place)
    return Sample(place / "样.docx", place / "样.pdf")


def _build_into(name: str, place: Path) -> None:
    """Build beside and rename, so that another process sees all files of a sample or none."""
    place.parent.mkdir(exist_ok=True)
    made = Path(mkdtemp(dir=place.parent))
    layout = lay_out(_PAPERS[name]() if name in _PAPERS else check_report(_DATA[name], PROJECT).paper.flow)
    for kind, write in WRITERS.items():
        (made / f"样.{kind}").write_bytes(write(layout))
    try:
        os.rename(made, place)
    except OSError:
        # The other process was faster; its files are the same.
        if not place.exists():
            raise
