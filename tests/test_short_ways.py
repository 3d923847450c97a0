"""What is done in a short way comes out as in the long way: reading, validating, what is remembered."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.battery.hostile_texts import COMBINED, NOTICED, REFUSED
from tests.test_validator import FIELDS, WRONG
from zhibi import plain
from zhibi.errors import Location
from zhibi.model.plan import with_blank_progress
from zhibi.reading import mender, parse_once, parse_yaml, reader, silenced_lines
from zhibi.records import plan_faults
from zhibi.schema import Schema, config_schema, general_schema, paper_schema, plan_schema, words
from zhibi.templates import read_template
from zhibi.typed_text import clean, clean_value
from zhibi.typed_text.rules import USUAL, odd
from zhibi.validating.fitting import fits
from zhibi.validating.plain_schema import iter_errors

ROOT = Path(__file__).resolve().parent.parent
FILES = [*sorted((ROOT / "data").glob("*.yaml")), *sorted((ROOT / "tests/forms").glob("*.yaml"))]
TEXTS = [file.read_text(encoding="utf-8") for file in FILES]
KNOWN = words(plan_schema()) | words(paper_schema("甲", FIELDS))
NEVER = re.compile("(?!)")
SLIPS = (
    *("\t", "\u3000", "\u00a0", "'", '"', ":", ": ", "：", " #", "#甲", "- ", "-", "－ ", "? ", "|", ">-", "&a ", "*a"),
    *("{", "}", "[", "]", "{{", "\n", "\n\n", "\n  ", "   ", "~", ",", "\\", "=", "甲=乙: ", "标题 ", "标题：", "\u200b", "e\u0301"),
)  # fmt: skip


def broken_texts(seed: int, count: int) -> Iterator[str]:
    """Yield pieces of the sample files with a few characters put in, taken out or moved."""
    rng = random.Random(seed)
    lines = [line for text in TEXTS for line in text.split("\n")]
    for _ in range(count):
        start = rng.randrange(len(lines) - 30)
        text = "\n".join(
            lines[start : start + rng.randrange(1, 30)] if rng.random() < 0.6 else rng.sample(lines, 8)
        )
        for _ in range(rng.randrange(5)):
            place = rng.randrange(len(text) + 1)
            text = text[:place] + rng.choice(SLIPS) + text[place + rng.randrange(2) :]
        yield text


def outcome(text: str) -> Any:
    data, problems = parse_yaml(text, "甲.yaml", KNOWN)
    return told(data), problems


def told(value: Any) -> Any:
    """Return data with everything they know."""
    if isinstance(value, plain.Mapping):
        return value.at, [(told(key), told(inner)) for key, inner in value.items()]
    if isinstance(value, plain.Sequence):
        return value.at, [told(inner) for inner in value]
    return (str(value), value.at, value.quoted) if isinstance(value, plain.Scalar) else value


def values_of(value: Any) -> Iterator[Any]:
    yield value
    for inner in (*value.keys(), *value.values()) if isinstance(value, dict) else ():
        yield from values_of(inner)
    for inner in value if isinstance(value, list) else ():
        yield from values_of(inner)


def test_a_faultless_line_is_passed_as_the_menders_would(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*TEXTS, *broken_texts(1, 1500)]
    short = [outcome(text) for text in texts]
    monkeypatch.setattr(mender, "FAULTLESS", NEVER)
    for text, found in zip(texts, short, strict=True):
        assert outcome(text) == found, text


def test_nearly_all_lines_of_the_samples_are_faultless() -> None:
    lines = [line for text in TEXTS for line in text.split("\n")]
    assert sum(bool(mender.FAULTLESS.fullmatch(line)) for line in lines) > 0.7 * len(lines)


def test_no_rule_is_about_the_usual_characters() -> None:
    usual = [chr(code) for code in range(sys.maxunicode + 1) if USUAL.fullmatch(chr(code))]
    assert not any(map(odd().search, usual))
    assert unicodedata.is_normalized("NFC", "".join(usual))
    assert not any(map(unicodedata.combining, usual))


def test_values_that_are_not_looked_at_hold_nothing_odd() -> None:
    hostile = "".join(f"- 甲{text}乙\n- '{text}'\n- {text} 丙\n" for text in (*REFUSED, *NOTICED, *COMBINED))
    for text in (*TEXTS, hostile, *broken_texts(2, 500)):
        data, _ = parse_yaml(f"全:\n{text}" if text is hostile else text, "甲.yaml")
        for value in values_of(data):
            if isinstance(value, plain.Scalar):
                assert clean_value(value, value.at) == (value, [])


def test_a_text_of_usual_characters_is_searched_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []

    class Odd:
        def search(self, text: str) -> None:
            searched.append(text)

    monkeypatch.setattr("zhibi.typed_text.odd", Odd)
    clean("标题: 甲，乙。\n- 《丙》“2026年”〔1〕 ★", "甲.yaml")
    assert searched == ["★"]


def schemas() -> list[tuple[str, Schema]]:
    found = [("config.yaml", config_schema()), ("计划", plan_schema()), ("", general_schema())]
    for file in sorted((ROOT / "templates").glob("*.jinja")):
        template, problems = read_template(file, file.name)
        assert template is not None
        assert problems == []
        found.append((template.name, paper_schema(template.name, template.spec.get("字段", {}))))
    return found


ODD_VALUES = ("", "x: [y]", "5", "'5'", "-1", "1,000", "0.5", "1e9", "是", "[]", "{}", "[甲]", "[[甲]]", "[{}]", "[1, 甲]",
              "{甲: 乙}", "{项: [甲]}", "{项: 甲}", "{取数: 甲}", "{分述: [甲, {取数: 乙}]}", "{1: 2}", "{9: 2}", "2026-2-30", "2026年2月3日",
              "一、", "{标题: 甲, 层次: 7}", "[甲, 甲]", "{栏: [甲, 甲], 行: [{乙: 1}]}", "{栏: [甲], 行: [{甲: 1}, {分组: 乙}]}")  # fmt: skip


def spoil(value: Any, rng: random.Random) -> None:
    """Change one thing in data."""
    holders = [one for one in values_of(value) if isinstance(one, dict | list) and one]
    holder = rng.choice(holders)
    place = rng.choice(list(holder)) if isinstance(holder, dict) else rng.randrange(len(holder))
    odd, _ = parse_yaml(f"值: {rng.choice(ODD_VALUES)}\n", "乙.yaml")
    assert odd is not None
    if rng.random() < 0.2:
        del holder[place]
    elif rng.random() < 0.2 and isinstance(holder, dict):
        holder[rng.choice(sorted(KNOWN))] = odd["值"]
    else:
        moved = [one for one in values_of(value) if isinstance(one, plain.Scalar)]
        holder[place] = rng.choice([odd["值"], odd["值"], rng.choice(moved)])


@pytest.mark.parametrize("seed", range(4))
def test_what_fits_is_what_the_library_finds_no_fault_in(seed: int) -> None:
    rng = random.Random(seed)
    known = dict(schemas())
    verdicts = set()
    for _ in range(150):
        data, _ = parse_yaml(rng.choice(TEXTS), "甲.yaml")
        assert data is not None
        schema = known.get(str(data.get("模板", "计划"))) or rng.choice(list(known.values()))
        for _ in range(rng.randrange(3)):
            spoil(data, rng)
        verdict = fits(data, schema)
        verdicts.add(verdict)
        assert verdict == (next(iter_errors(data, schema), None) is None)
    assert verdicts == {True, False}


@pytest.mark.parametrize("body", WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_does_not_fit(body: str) -> None:
    data, _ = parse_yaml("版本: 1\n模板: 甲\n年度: 2026\n" + body, "甲.yaml")
    assert data is not None
    assert not fits(data, paper_schema("甲", FIELDS))


def test_every_keyword_of_our_schemas_is_known_and_no_other() -> None:
    data, _ = parse_yaml("甲: 乙\n", "甲.yaml")
    assert data is not None
    assert fits(data, {"title": "甲", "type": "object"})
    assert not fits(data, {"type": "object", "propertyNames": {"type": "string"}})
    assert not fits(data, {"properties": {"甲": {"format": "没有的"}}})


def test_the_library_is_not_imported_for_a_plan_without_fault() -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom zhibi.model import Project\nfrom zhibi.model.source import read_source\n"
        "data = sorted(Path('data').glob('*第三季度*.yaml'))[0]\n"
        "read_source(data, Project(Path.cwd(), Path('templates').resolve()))\n"
        "sys.exit('jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def test_a_text_is_parsed_once_and_its_problems_are_new_each_time() -> None:
    text = "标题：甲\n进展:\n  1:\n"
    first, said = parse_once(text, "甲.yaml", ["标题"])
    said.clear()
    again, said_again = parse_once(text, "甲.yaml", ["标题"])
    assert first is again
    assert [problem.message for problem in said_again] == ["冒号用了全角“：”"]
    assert parse_once(text, "乙.yaml", ["标题"])[0] is not first
    assert parse_once(text, "甲.yaml")[0] is not first
    assert parse_yaml(text, "甲.yaml", ["标题"])[0] is not first


def test_a_very_long_text_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_REMEMBERED", 3)
    assert parse_once("甲: 乙", "甲.yaml")[0] is not parse_once("甲: 乙", "甲.yaml")[0]


def test_a_blank_progress_is_filled_in_a_copy() -> None:
    data, _ = parse_yaml("标题: 甲\n进展:\n  1:\n  2: {状态: 乙}\n", "甲.yaml")
    assert data is not None
    before = told(data)
    filled = with_blank_progress(data, {"进展": {"类型": "进展"}})
    assert told(data) == before
    assert told(filled["进展"]["1"]) == (Location("甲.yaml", 3, 5), [])
    assert filled["进展"]["2"] is data["进展"]["2"]
    assert filled.place_of("进展") == Location("甲.yaml", 2, 1)
    bare, _ = parse_yaml("进展:\n", "甲.yaml")
    assert bare is not None
    assert told(with_blank_progress(bare, {"进展": {"类型": "进展"}})["进展"])[1] == []


def test_every_double_key_names_the_line_of_the_first() -> None:
    data, problems = parse_yaml(
        "甲: 1\n乙: {甲: 1, 丙: 1, 丙: 2}\n甲: 2\n丙: 1\n丙: 2\n甲: 3\n乙: 4\n", "甲.yaml"
    )
    assert data is not None
    assert list(data) == ["甲", "乙", "丙"]
    assert [(one.at.line, one.message) for one in problems] == [
        (2, "“丙”写了两次（第 2 行已有）"),
        (3, "“甲”写了两次（第 1 行已有）"),
        (5, "“丙”写了两次（第 4 行已有）"),
        (6, "“甲”写了两次（第 1 行已有）"),
        (7, "“乙”写了两次（第 2 行已有）"),
    ]


def test_only_so_many_wrong_names_are_guessed() -> None:
    tasks = "".join(f"  - 指标: 甲企业{number}\n" for number in [*range(250), 0])
    plan, _ = parse_yaml(f"任务:\n{tasks}指标:\n  甲企业: {{}}\n", "甲.yaml")
    assert plan is not None
    hints = [problem.suggestion for problem in plan_faults(plan)]
    guess, listed = "您是不是想写“甲企业”？", "请写下面“指标”里有的名称：甲企业"
    assert hints == [guess] * 200 + [listed] * 50 + [guess]


def test_a_file_that_silences_nothing_is_not_gone_through() -> None:
    assert silenced_lines("甲: 乙 # 校对\n" * 3, "甲.yaml") == {}
    assert list(silenced_lines("甲: 乙 # 校对:忽略 限字\n", "甲.yaml")) == [1]
