"""Bare stages of Zhibi in one process, for what cannot be seen from outside: stages WHAT WORD… (paths have a slash).

What takes part of the process is timed here and printed as JSON, in seconds of user CPU.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.ours import ROOT


def user_seconds(work: Callable[[], Any]) -> float:
    """Return the user CPU of a call."""
    began = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - began


def read_by_c_loader(file: Path) -> dict[str, float]:
    """The yardstick of reading: PyYAML's C loader, which keeps no places."""
    import yaml

    return {"user": user_seconds(lambda: yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader))}


def read_with_places(file: Path) -> dict[str, float]:
    """A file as data whose strings know their places."""
    from zhibi.reading import read_yaml

    return {"user": user_seconds(lambda: read_yaml(file, file.name))}


def read_validated(file: Path) -> dict[str, float]:
    """A plan read and validated, as every command has it."""
    from zhibi.model import Project
    from zhibi.model.source import read_plan

    project = Project(file.parent, ROOT / "templates")
    return {"user": user_seconds(lambda: read_plan(file, project))}


def read_again(file: Path) -> dict[str, float]:
    """A plan that this process has read before, as in `watch` and in a batch of papers of one plan."""
    read_validated(file)
    return read_validated(file)


def make(out: Path, ending: str, file: Path) -> dict[str, float]:
    """A paper's file and nothing else: no proofreading, no measuring, no process apart, no safe saving."""
    from zhibi.layout import lay_out
    from zhibi.model import Project
    from zhibi.model.source import read_source
    from zhibi.paper import parse_paper
    from zhibi.pipeline import WRITERS
    from zhibi.placing import place
    from zhibi.reading.collector import collector_at_rest
    from zhibi.styles import STANDARD

    with collector_at_rest():  # As the workers have it.
        source, _ = read_source(file, Project(file.parent, ROOT / "templates"))
        made = WRITERS[ending](lay_out(place(parse_paper(source)), STANDARD))
        (out / f"{file.stem}.{ending}").write_bytes(made)
    return {}


def proofread(file: Path) -> dict[str, float]:
    """All proofreading rules on a paper, and the writing of its Word file."""
    from zhibi.checks import Paper, check_paper
    from zhibi.layout import lay_out
    from zhibi.model import Project
    from zhibi.model.source import read_source
    from zhibi.paper import parse_paper
    from zhibi.pipeline import WRITERS
    from zhibi.placing import place
    from zhibi.reading.collector import collector_at_rest
    from zhibi.styles import STANDARD

    with collector_at_rest():
        source, _ = read_source(file, Project(file.parent, ROOT / "templates"))
        document = parse_paper(source)
        paper = Paper(source, document, place(document))
        rules = user_seconds(lambda: check_paper(paper))
        return {"rules": rules, "docx": user_seconds(lambda: WRITERS["docx"](lay_out(paper.flow, STANDARD)))}


def loop(out: Path, *files: Path) -> dict[str, float]:
    """Word files of many papers, one after another in this process."""
    from zhibi.model import Project
    from zhibi.pipeline import check_report, make_report
    from zhibi.reading.collector import collector_at_rest

    project = Project(files[0].parent.parent, ROOT / "templates")
    for file in files:
        with collector_at_rest():
            made = make_report(check_report(file, project), ["docx"])
            (out / f"{made.stem}.docx").write_bytes(made.files["docx"])
    return {}


STAGES: dict[str, Callable[..., dict[str, float]]] = {
    "c-loader": read_by_c_loader,
    "places": read_with_places,
    "validated": read_validated,
    "again": read_again,
    "make": make,
    "proofread": proofread,
    "loop": loop,
}


def main() -> None:
    """Run the stage that the command line names."""
    what, *words = sys.argv[1:]
    print(json.dumps(STAGES[what](*(Path(word) if os.sep in word else word for word in words))))
