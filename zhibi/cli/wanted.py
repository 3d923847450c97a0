"""What `check` is asked for: --only and --level, and the papers of a folder."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from zhibi.cli.starting import data_file, is_data
from zhibi.cli.words import refusal
from zhibi.errors import Level, Problem, ReportError
from zhibi.foreign import is_foreign

LEVELS = (Level.ERROR, Level.ADVICE, Level.QUERY)
DAMAGE = ("导入存疑", "导入损坏")
"""What the importer says of a paper from elsewhere can be asked for like a rule."""


@dataclass(frozen=True)
class Wanted:
    """Which findings are asked for; what stops the reading of a file, and what silences nothing, is always told."""

    rules: Collection[str]
    level: Level

    @cached_property
    def known(self) -> Collection[str]:
        """Return all that can be asked for; loads the rules."""
        return known_rules()

    def keeps(self, problem: Problem) -> bool:
        """Tell whether a problem is asked for."""
        severe = problem.level in self.levels
        if not self.rules:
            return severe
        from zhibi.checks import SILENCE_RULE

        if problem.level is Level.ERROR and problem.rule not in self.known:
            return True
        return severe and (problem.rule in self.rules or problem.rule == SILENCE_RULE)

    @property
    def levels(self) -> Sequence[Level]:
        """Return the levels asked for."""
        return LEVELS[: LEVELS.index(self.level) + 1]


def wanted_of(only: str | None, level: str | None) -> Wanted:
    """Return what --only and --level ask for; refuse what is no rule and no level."""
    rules = [name for name in (only or "").replace("，", ",").replace("、", ",").split(",") if name.strip()]
    rules = [name.strip() for name in rules]
    known = known_rules() if rules else ()
    problems = [
        refusal(f"没有名叫“{name}”的规则", _hint(name, known), name) for name in rules if name not in known
    ]
    if only is not None and not rules:
        problems.append(refusal("--only 后面缺少内容", "请写规则的名称，如 --only 半角标点", "--only"))
    if level is not None and level not in list(LEVELS):
        problems.append(refusal(f"没有“{level}”这一级", f"可以写：{'、'.join(LEVELS)}", level))
    if problems:
        raise ReportError(problems)
    return Wanted(rules, Level(level) if level else Level.QUERY)


def known_rules() -> Sequence[str]:
    """Return what can be asked for by name."""
    from zhibi.rule_pages import (
        clauses,  # Imported late: a check of everything leaves the rules to the workers.
    )

    return [*clauses(), *DAMAGE]


def _hint(name: str, known: Sequence[str]) -> str:
    """Name the rules that were most likely meant: those called alike, else those whose title line speaks of it."""
    close = difflib.get_close_matches(name, known, n=2, cutoff=0.5) or _speaking_of(name)
    if close:
        return f"您是不是想写{'、'.join(f'“{rule}”' for rule in close)}？"
    return "全部规则见 docs/校对手册.md；看结果时，规则的名称写在〔〕里"


def _speaking_of(name: str) -> list[str]:
    """Return the rules whose title lines have most of the words in common: two characters at least."""
    from zhibi.rule_pages import pages

    common = {}
    for page in pages():
        title = f"{page.rule}：{page.summary}"
        match = difflib.SequenceMatcher(None, name, title, autojunk=False).find_longest_match()
        common[page.rule] = match.size
    most = max(common.values(), default=0)
    return [rule for rule, size in common.items() if size == most][:3] if most > 1 else []


def papers(path: Path) -> Sequence[Path] | None:
    """Return the papers that a typed name stands for: a file, or those in a folder; None for what is neither."""
    if is_foreign(path):
        return [path]
    if not path.is_dir():
        return data_file(path)
    return [one for one in sorted(path.iterdir()) if _is_paper(one)]


def _is_paper(path: Path) -> bool:
    from zhibi.prose.lexicon import OFFICE_FILE

    hidden = path.name.startswith((".", "~")) or path.name in {OFFICE_FILE, "config.yaml"}
    return not hidden and (is_data(path) or is_foreign(path)) and path.is_file()
