"""The name of a template that a data file types -> the template, also where one sign of the name is wrong."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable
from pathlib import Path

from zhibi import plain
from zhibi.errors import Problem
from zhibi.freshness.seen import names_like
from zhibi.model.project import PLAN_RULE
from zhibi.templates import SUFFIX, Template, read_template

_ALIKE, _APART = 0.5, 0.1
"""How much a name must be like a template's to stand for it, and how much more than like any other's."""


_LONGEST = 255
"""Most characters of a name that is looked for; no file has a longer one."""


def _templates(folder: Path, stem: str = "") -> dict[str, Path]:
    """Return the templates of a folder, or those that may be meant by `stem`, without what a Mac or an editor leaves
    beside them.
    """
    try:
        names = sorted(names_like(folder, stem, SUFFIX))
    except (OSError, ValueError):
        return {}
    files = [folder / name for name in names if not name.startswith((".", "~"))]
    return {unicodedata.normalize("NFC", file.stem): file for file in files}


def template_called(
    name: str, folder: Path, shown: Callable[[Path], str]
) -> tuple[Template | None, list[Problem]]:
    """Read the template of that name, or the only one with a name like it."""
    wanted = unicodedata.normalize("NFC", name[:_LONGEST])
    files = _templates(folder, wanted)  # Where it is there, no other one that comes is a change.
    files = files if wanted in files else _templates(folder)
    ratios = sorted(
        ((difflib.SequenceMatcher(None, wanted, known).ratio(), known) for known in files), reverse=True
    )
    best, second = (*ratios, (0.0, ""), (0.0, ""))[:2]
    if wanted not in files and (best[0] < _ALIKE or best[0] - second[0] < _APART):
        return None, []
    file = files[wanted] if wanted in files else files[best[1]]
    return read_template(file, shown(file))


def name_problems(data: plain.Mapping, template: Template | None, folder: Path) -> list[Problem]:
    """Return what is wrong with the 模板 that a data file names."""
    name = data.get("模板")
    if isinstance(name, plain.Scalar) and template is not None:
        meant = unicodedata.normalize("NFC", template.name)
        if unicodedata.normalize("NFC", name) == meant:
            return []
        return [Problem(name.at, "模板", f"没有名叫“{name}”的模板", f"您是不是想写“{meant}”？", text=name)]
    if name is None and "任务" in data:
        hint = "请生成用到它的报告；核对计划请用 python3 build.py check"
        return [Problem(data.at, PLAN_RULE, "这是计划文件，不单独生成", hint)]
    known = _templates(folder)
    if isinstance(name, plain.Scalar) and name in known:
        return []  # The template itself has a fault, which is told at its own place.
    message = "缺少“模板”" if name is None else "“模板”应当是一个模板的名称"
    if isinstance(name, plain.Scalar):
        message = f"没有名叫“{name[:40]}”的模板"
    at = plain.place_of(name, data.at)
    return [Problem(at, "模板", message, "请写：模板: " + " / ".join(known))]
