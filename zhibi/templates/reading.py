"""Stage 1: a template file -> its validated front matter and its Jinja2 body.

A template is YAML front matter between two `---` lines, then the body.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhibi import plain
from zhibi.errors import Location, Problem, has_errors
from zhibi.reading import parse_yaml, read_file
from zhibi.schema import ELEMENT_KEYS, template_schema
from zhibi.schema import words as schema_words
from zhibi.templates.file import file_problems
from zhibi.typed_text import clean
from zhibi.validating import validate

SUFFIX = ".jinja"
_FENCE = "---"


@dataclass(frozen=True, slots=True)
class Template:
    """A kind of paper: `spec` is the validated front matter, `body` the Jinja2 source."""

    name: str
    file: str
    spec: plain.Mapping
    body: str
    body_line: int


def read_template(path: Path, shown: str) -> tuple[Template | None, list[Problem]]:
    """Read and validate one template; return every problem of it."""
    if problems := list(file_problems(path, shown)):
        return None, problems
    text, problems = read_file(path, shown)
    if problems and not text:
        return None, problems
    lines = text.split("\n")
    if lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        hint = "模板开头要有两行 ---，中间写 版本、说明、字段 等"
        return None, [*problems, Problem(Location(shown, 1, 1), "模板", "没有找到模板的说明部分", hint)]
    end = next(number for number, line in enumerate(lines[1:], 1) if line.strip() == _FENCE)
    schema = template_schema()
    spec, more = parse_yaml("\n".join(lines[1:end]), shown, schema_words(schema), first_line=2)
    problems += more
    if spec is None:
        return None, problems
    problems += validate(spec, schema)
    typed = clean("\n".join(["", *[""] * end, *lines[end + 1 :]]), shown)
    problems += typed.problems
    if not has_errors(problems):
        problems += _unknown_elements(spec)
    return Template(path.stem, shown, spec, typed.text[end + 1 :], end + 2), problems


def _unknown_elements(spec: plain.Mapping) -> list[Problem]:
    """Return a problem for each field that says 要素 and is none."""
    hint = "可以是：" + "、".join(ELEMENT_KEYS)
    return [
        Problem(plain.place_of(field["类型"], spec.at), "模板", f"没有叫“{name}”的要素", hint)
        for name, field in spec.get("字段", {}).items()
        if field["类型"] == "要素" and name not in ELEMENT_KEYS
    ]
