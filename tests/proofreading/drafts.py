"""A 文稿 as text -> the paper that rules look at."""

from __future__ import annotations

from pathlib import Path

from zhibi.checks import Paper
from zhibi.errors import ReportError
from zhibi.model import Project
from zhibi.model.source import read_source
from zhibi.paper import parse_paper
from zhibi.placing import place

ROOT = Path(__file__).resolve().parent.parent.parent


def draft(yaml: str, folder: Path) -> Paper:
    """Return the paper of a 文稿; `yaml` is what stands below its 模板."""
    (folder / "文.yaml").write_text(f"版本: 1\n模板: 文稿\n{yaml}", encoding="utf-8")
    try:
        source, _ = read_source(folder / "文.yaml", Project(folder, ROOT / "templates"))
    except ReportError as error:
        raise AssertionError(f"{error}\n{yaml}") from error
    document = parse_paper(source)
    return Paper(source, document, place(document))
