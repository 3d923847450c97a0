"""Seconds of all proofreading rules against seconds of building the DOCX, for a paper of 50,000 characters.

Run: .venv/bin/python benchmarks/proofreading.py. Both are measured in one run, five times; the medians' ratio counts.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from zhibi.checks import Paper, check_paper  # noqa: E402
from zhibi.layout import lay_out  # noqa: E402
from zhibi.model import Project, read_source  # noqa: E402
from zhibi.paper import parse_paper  # noqa: E402
from zhibi.pipeline import WRITERS  # noqa: E402
from zhibi.placing import place  # noqa: E402
from zhibi.styles import STANDARD  # noqa: E402

CHARACTERS, RUNS = 50_000, 5


def long_paper(folder: Path) -> Paper:
    """Return a paper made of the samples' own passages until there are enough characters."""
    project = Project(ROOT, ROOT / "templates")
    words: list[str] = []
    for path in sorted((ROOT / "data").glob("*.yaml")):
        if "\n模板:" in path.read_text(encoding="utf-8"):
            words += [passage.text for passage in _paper(path, project).passages if len(passage.text) > 20]
    lines, count = [], 0
    while count < CHARACTERS:
        text = words[len(lines) % len(words)]
        lines.append("  - '" + text.replace("'", "''").replace("\n", " ") + "'")
        count += len(text)
    data = folder / "长文.yaml"
    data.write_text("版本: 1\n模板: 文稿\n标题: 长文\n正文:\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return _paper(data, Project(folder, ROOT / "templates"))


def _paper(path: Path, project: Project) -> Paper:
    source, _ = read_source(path, project)
    document = parse_paper(source)
    return Paper(source, document, place(document))


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Print both medians and their ratio."""
    with tempfile.TemporaryDirectory() as name:
        paper = long_paper(Path(name))
        checks, builds = [], []
        for _ in range(RUNS):
            fresh = Paper(paper.source, paper.document, paper.flow)  # Its passages are not made yet.
            checks.append(seconds(lambda own=fresh: check_paper(own)))
            builds.append(seconds(lambda: WRITERS["docx"](lay_out(paper.flow, STANDARD))))
        count = sum(len(passage.text) for passage in paper.passages)
    check, build = statistics.median(checks), statistics.median(builds)
    print(f"{count} characters: rules {check:.2f} s, DOCX {build:.2f} s, ratio {check / build:.2f}")


if __name__ == "__main__":
    main()
