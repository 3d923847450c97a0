"""The word lists of proofreading: the program's own (`词表/*.yaml`) and an office's (data/校对.yaml) -> one `Lexicon`.

Both are read into the same rows. The program's own lists are trusted (a test holds them to their shape); an
office's file is validated as every other YAML file is, and its problems are told by the rule 校对词表.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from zhibi.errors import Level, Problem, has_errors
from zhibi.freshness.seen import looked_at
from zhibi.freshness.states import digest_of
from zhibi.plain import Scalar
from zhibi.prose.openings import Openings
from zhibi.prose.phrases import Phrase, phrase_of
from zhibi.prose.sought import Sought
from zhibi.reading import locate, read_yaml
from zhibi.schema import words
from zhibi.schema.lexicon import lexicon_schema
from zhibi.validating import validate

LISTS = Path(__file__).parent / "词表"
OFFICE_FILE = "校对.yaml"

KEPT = 8
"""So many states of offices' lists a process remembers: they change while it runs."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """One wrong form: what should stand there, how certain that is and why.

    `before` and `after` must hold of what stands round it, `not_before` and `not_after` must not; it is right inside
    one of `within`. `everywhere`: it is looked for in papers in traditional characters too; `anywhere`: it need
    not begin and end where words do; `of_office`: an office listed it, not the program.
    """

    wrong: str
    right: str
    level: Level
    why: str
    before: Sought | None = None
    after: Sought | None = None
    not_before: Sought | None = None
    not_after: Sought | None = None
    within: tuple[str, ...] = ()
    everywhere: bool = False
    anywhere: bool = False
    of_office: bool = False

    def holds(self, text: str, start: int, end: int) -> bool:
        """Tell whether what stands round the wrong form makes it wrong."""
        head = text[max(start - 40, 0) : start]
        if (self.before and not self.before.search(head)) or (
            self.not_before and self.not_before.search(head)
        ):
            return False
        if (self.after and not self.after.match(text, end)) or (
            self.not_after and self.not_after.match(text, end)
        ):
            return False
        return not any(covers(text, word, start, end) for word in self.within)


@dataclass(frozen=True)
class Lexicon:
    """What is looked for in a paper; `names` are an office's own, wrong form -> right form."""

    confusions: Mapping[str, tuple[Confusion, ...]]
    phrases: tuple[Phrase, ...]
    names: Mapping[str, str]
    kept: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def wrong_forms(self) -> Openings:
        """Return what finds where wrong forms begin."""
        return Openings(self.confusions)

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """Return how long wrong forms are, the longest first."""
        return tuple(sorted({len(form) for form in self.confusions}, reverse=True))

    def rows_at(self, text: str, start: int) -> Iterator[Confusion]:
        """Yield the rows of every wrong form that begins at `start`, those of longer forms first."""
        for length in self.lengths:
            yield from self.confusions.get(text[start : start + length], ())

    @cached_property
    def wrong_names(self) -> re.Pattern[str] | None:
        """Return what finds every wrong form of a name."""
        return any_of(self.names)

    def keeps(self, text: str, start: int, end: int) -> bool:
        """Tell whether an office says that the characters from `start` to `end` are right as they are."""
        return any(covers(text, word, start, end) for word in self.kept)


def covers(text: str, word: str, start: int, end: int) -> bool:
    """Tell whether the characters from `start` to `end` belong to a `word` that stands there."""
    at = text.find(word, max(end - len(word), 0), start + len(word))
    return at >= 0


def any_of(forms: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of `forms`, longer ones first; None for none."""
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile("|".join(map(re.escape, longest))) if longest else None


@cache
def own_list(name: str) -> Mapping[str, Any]:
    """Return one of the program's own lists as plain data."""
    text = (LISTS / f"{name}.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return data


@cache
def own_lexicon() -> Lexicon:
    """Return what the program looks for by itself."""
    confusions = [one for group in own_list("易混词")["组"] for one in _of_group(group)]
    phrases = tuple(phrase_of(raw) for raw in own_list("固定表述")["整句"])
    return Lexicon(_by_form(confusions), phrases, {})


_OF_GROUP = ("前", "后", "非前", "非后", "除", "界")
"""What a group may say for all its words."""


def _of_group(group: Mapping[str, Any]) -> list[Confusion]:
    level, why, everywhere = Level(group["级"]), f"{group['由']}（{group['源']}）", group.get("繁") == "是"
    shared = {key: group[key] for key in _OF_GROUP if key in group}
    plain = [
        {**shared, "错": wrong, "对": right}
        for right, forms in group.get("词", {}).items()
        for wrong in forms
    ]
    return [_confusion(raw, level, why, everywhere=everywhere) for raw in (*plain, *group.get("细", ()))]


def _confusion(raw: Mapping[str, Any], level: Level, why: str, *, everywhere: bool = False) -> Confusion:
    def pattern(key: str, end: str = "") -> Sought | None:
        return Sought(f"(?:{raw[key]}){end}") if key in raw else None

    return Confusion(
        str(raw["错"]),
        str(raw["对"]),
        Level(raw.get("级", level)),
        str(raw.get("由", why)),
        pattern("前", "$"),
        pattern("后"),
        pattern("非前", "$"),
        pattern("非后"),
        _texts(raw.get("除", ())),
        everywhere=everywhere,
        anywhere=raw.get("界") == "否",
    )


def _texts(raw: Any) -> tuple[str, ...]:
    return (str(raw),) if isinstance(raw, str) else tuple(map(str, raw))


def _by_form(confusions: Iterable[Confusion]) -> dict[str, tuple[Confusion, ...]]:
    found: dict[str, tuple[Confusion, ...]] = {}
    for one in confusions:
        found[one.wrong] = (*found.get(one.wrong, ()), one)
    return found


def lexicon_for(folders: Sequence[Path]) -> Lexicon:
    """Return the program's lists with those of the office; `folders` are a data file's own and the project's."""
    for path in (folders[0] / OFFICE_FILE, folders[-1] / "data" / OFFICE_FILE):
        looked_at(path)  # One that is not there may come.
        # Its twins are looked for each time, also where it is known already.
        if locate(path) and path.is_file():
            inside = path.is_relative_to(folders[-1])
            shown = path.relative_to(folders[-1]).as_posix() if inside else path.as_posix()
            return _merged(path, shown, digest_of(str(path)))
    return own_lexicon()


@lru_cache(maxsize=KEPT)
def _merged(path: Path, shown: str, digest: str) -> Lexicon:
    """Return both; `digest` tells what the file says: its time may stay the same when it is written over."""
    schema = lexicon_schema()
    own = own_lexicon()
    data, problems = read_yaml(path, shown, words(schema))
    if data is not None:
        problems += validate(data, schema)
    if data is None or has_errors(problems):
        return replace(own, problems=tuple(problems))
    names: dict[str, str] = {}
    for right, forms in data.get("词表", {}).items():
        problems += _name_problems(right, forms)
        names |= {wrong: str(right) for wrong in _texts(forms) if wrong not in str(right)}
    rows = (_confusion(raw, Level.ADVICE, "") for raw in data.get("易混词", ()))
    office = [replace(row, of_office=True) for row in rows]
    kept = _texts(data.get("不查", ()))
    confusions = {**own.confusions, **_by_form(office)}
    return Lexicon(
        {wrong: rows for wrong, rows in confusions.items() if wrong not in kept},
        (*own.phrases, *(phrase_of(raw) for raw in data.get("固定表述", ()))),
        names,
        (*kept, *map(str, data.get("词表", {}))),
        tuple(problems),
    )


def _name_problems(right: str, forms: Any) -> list[Problem]:
    """Return a problem for each wrong form that is part of the right one: it would be found everywhere."""
    rows = (forms,) if isinstance(forms, Scalar) else forms
    message = "错误写法“{}”是正确写法“{}”的一部分，查不了"
    hint = "请把错误写法写长一些，带上前后的字"
    return [Problem(one.at, "校对词表", message.format(one, right), hint) for one in rows if one in right]
