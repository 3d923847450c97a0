"""Everything that is said of the files of the batteries, as lines of text: what test_said.py compares.

A part of the record is a head `=== …` and below it, for each text, its name and one line a problem with every field:
file, line, column, level, rule, message, suggestion, text, context. Where a text is read, what was read stands
there too: each value with its place, and `q` when it stood in quotes or a block.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tests.battery.clerk_mistakes.case_file import lay_out_project, make_mistake, read_mistakes
from tests.battery.hostile_texts import COMBINED, NOTICED, REFUSED
from tests.battery.reading_case import encode, lay_out, read_cases, unfold_marks
from tests.said import slips
from tests.test_validator import FIELDS, WRONG
from tests.test_yaml_reader import FOLDED, RIGHT, SLIPS
from zhibi import plain
from zhibi.errors import Location, Problem, ReportError
from zhibi.model import Project, read_config
from zhibi.model.period import period_advice
from zhibi.pipeline import check_report
from zhibi.reading import parse_yaml
from zhibi.reading.input_file import decode
from zhibi.schema import Schema, config_schema, paper_schema, plan_schema, words
from zhibi.typed_text import clean, clean_value
from zhibi.validating import slips_of, validate

HERE = Path(__file__).resolve().parent
TEXTS = HERE / "texts.txt"
_LONGEST = 240

Part = Callable[[Path], Iterator[str]]
PARTS: dict[str, Part] = {}
"""Name -> what makes the lines of a part, in a folder of its own."""


def _part(name: str) -> Callable[[Part], Part]:
    def keep(make: Part) -> Part:
        PARTS[name] = make
        return make

    return keep


def _visible(text: str) -> str:
    """Return a text as the record shows it: nothing invisible, long ones by their ends and their digest."""
    if len(text) > _LONGEST:
        digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:8]
        text = f"{text[:100]}⋯{len(text)} 字 {digest}⋯{text[-60:]}"
    return "".join(one if one.isprintable() or one == "\u3000" else f"⟦U+{ord(one):04X}⟧" for one in text)


def _quoted(text: str) -> str:
    return f"“{_visible(text)}”"


def line_of(problem: Problem) -> str:
    """Return one problem with all its fields."""
    at = f"{problem.at.file}:{problem.at.line}:{problem.at.column}"
    fields = (problem.message, problem.suggestion, problem.text, problem.context)
    return " ".join(("   ", at, str(problem.level), problem.rule, *map(_quoted, fields)))


def _said(name: str, problems: Iterable[Problem]) -> Iterator[str]:
    yield f"  {_visible(name)}"
    yield from map(line_of, problems)


def _values(value: Any) -> Any:
    """Return what was read with its places, as JSON takes it."""
    match value:
        case plain.Scalar():
            return f"{value}@{value.at.line}:{value.at.column}{'q' * value.quoted}"
        case plain.Mapping():
            return {_values(key): _values(inner) for key, inner in value.items()}
        case plain.Sequence():
            return [_values(inner) for inner in value]
    return value


def _read(text: str, file: str = "甲.yaml", known: Iterable[str] = ()) -> Iterator[str]:
    data, problems = parse_yaml(text, file, known)
    yield from _said(text, problems)
    yield f"    = {_visible(json.dumps(_values(data), ensure_ascii=False))}"


@cache
def texts(kind: str) -> list[str]:
    """Return the texts of one kind of texts.txt."""
    found = []
    for chunk in re.split(r"(?m)^=== ", TEXTS.read_text(encoding="utf-8"))[1:]:
        head, _, text = chunk.partition("\n")
        if head == kind:
            found.append(unfold_marks(text).removesuffix("\n"))
    return found


@_part("读：电池")
def _reading_of_cases(folder: Path) -> Iterator[str]:
    known = words(paper_schema("文稿", {}))
    for case in read_cases():
        raw = encode(unfold_marks(case.parts["写的"]), case.options)
        text, problems = decode(raw, Location(case.file_name, 1, 1))
        yield from _said(case.name, problems)
        yield from _read(text, case.file_name, known)


@_part("读：短文")
def _reading_of_texts(folder: Path) -> Iterator[str]:
    for text in (*SLIPS, *RIGHT, *FOLDED, *texts("读")):
        yield from _read(text, known=("标题", "正文", "单位", "内容"))


@_part("读：笔误")
def _reading_of_slips(folder: Path) -> Iterator[str]:
    for text in slips.texts():
        yield from _read(text, known=("标题", "正文", "单位", "内容"))


def _checked(text: str, schema: Schema) -> Iterator[str]:
    """Yield what stage 2 says of a text; what stage 1 says of it stands elsewhere."""
    data, _ = parse_yaml(text, "甲.yaml", words(schema))
    if data is not None:
        yield from _said(text, [*validate(data, schema), *slips_of(data)])


@_part("核对：电池")
def _checking_of_cases(folder: Path) -> Iterator[str]:
    for case in read_cases():
        yield from _checked(unfold_marks(case.parts["写的"]), paper_schema("文稿", {}))
        yield from _checked(unfold_marks(case.parts.get("计划", "")), plan_schema())


@_part("核对：短文")
def _checking_of_texts(folder: Path) -> Iterator[str]:
    head = "版本: 1\n模板: 甲\n年度: 2026\n"
    for text in (*WRONG, *texts("核对")):
        yield from _checked(head + text, paper_schema("甲", FIELDS))
    for text in texts("整份"):
        yield from _checked(text, paper_schema("甲", FIELDS))
    for text in texts("计划"):
        yield from _checked(text, plan_schema())
    for text in texts("配置"):
        yield from _checked(text, config_schema())


@_part("期次")
def _periods(folder: Path) -> Iterator[str]:
    for text in texts("期次"):
        shown, _, rest = text.partition("\n")
        typed, _, of_plan = rest.partition("\n...\n")
        data, _ = parse_yaml(typed, "甲.yaml")
        plan = parse_yaml(of_plan, "计划.yaml")[0] if of_plan else None
        assert data is not None
        yield from _said(text, period_advice(data, plan, shown))


@_part("字符")
def _characters(folder: Path) -> Iterator[str]:
    odd = [*COMBINED, *NOTICED, *REFUSED]
    many = ["甲\u2009\n" * lines for lines in (5, 6, 30, 31, 35, 36)]
    many += ["甲 " + "\u200b" * count + "#" for count in (4, 5)]
    for text in (*(f"甲{one}乙{one}#" for one in odd), "\n甲".join(odd), *many, *texts("字符")):
        cleaned = clean(text, "甲.yaml")
        value, problems = clean_value(text, Location("甲.yaml", 7, 3))
        yield from _said(text, [*cleaned.problems, *problems])
        yield f"    = {_visible(cleaned.text)} {_visible(value)} {cleaned.readable}"
        yield f"    @ {_visible(str({line: list(columns) for line, columns in cleaned.columns.items()}))}"


@_part("全程：电池")
def _whole_cases(folder: Path) -> Iterator[str]:
    for number, case in enumerate(read_cases()):
        own = folder / f"{number:03}"
        own.mkdir()
        yield from _said(case.name, _problems(lay_out(case, own), own))


@_part("全程：笔误")
def _whole_mistakes(folder: Path) -> Iterator[str]:
    for number, case in enumerate(read_mistakes()):
        own = folder / f"{number:03}"
        lay_out_project(own)
        make_mistake(case, own)
        yield from _said(case.name, _problems_of_project(own))


def _problems(data: Path, root: Path) -> tuple[Problem, ...]:
    try:
        return check_report(data, Project(root, root / "templates")).problems
    except ReportError as error:
        return error.problems


def _problems_of_project(root: Path) -> Iterator[Problem]:
    """Yield what is said of a project: of its config.yaml, else of each of its reports."""
    try:
        config = read_config(root / "config.yaml", Project(root, root / "templates"))
    except ReportError as error:
        yield from error.problems
        return
    yield from config.problems
    for entry in config.reports:
        yield from _problems(entry.data, root)


def part(name: str, folder: Path) -> str:
    """Return one part of the record as it is now; `folder` is an empty one to work in."""
    lines = [line.replace(f"{folder}/", "") for line in PARTS[name](folder)]
    return "\n".join((f"=== {name}", *lines, ""))
