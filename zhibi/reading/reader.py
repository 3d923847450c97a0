"""Stage 1: bytes of a YAML file -> plain data whose strings know their file, line and column.

Scalars stay strings. Duplicate keys, tags, anchors and second documents are refused with their
place; clerks' usual slips are named by `yaml_mender`; all problems of a file come back at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from zhibi.errors import Level, Location, Problem
from zhibi.plain import Mapping, Place, Scalar, Sequence, scalar
from zhibi.reading.collector import collector_at_rest
from zhibi.reading.folding import unfold
from zhibi.reading.input_file import read_file
from zhibi.reading.mender import mend_yaml
from zhibi.typed_text import Typed, clean, clean_value

MAX_DEPTH = 64
"""Deepest nesting that is read; the tree's own walks recurse this deep at most."""

MAX_NODES = 400_000
"""Most keys, values and lists of one file: a table of 10,000 rows with 19 columns."""

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_QUOTES = frozenset("'\"|>")
_ENDS = frozenset({yaml.MappingEndEvent, yaml.SequenceEndEvent})
_FIRST_KEY = "版本"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path, shown: str, known_keys: Iterable[str] = ()) -> tuple[Mapping | None, list[Problem]]:
    """Read a YAML file whose top level is a mapping.

    Return the mapping, or None when nothing usable could be read, and every problem found.
    """
    text, problems = read_file(path, shown)
    if any(problem.level is Level.ERROR for problem in problems):
        return None, problems
    data, more = parse_once(text, shown, known_keys)
    return data, problems + more


def parse_once(text: str, shown: str, known_keys: Iterable[str] = ()) -> tuple[Mapping | None, list[Problem]]:
    """Parse YAML text like `parse_yaml`, or remember what came of it: for those who change nothing in the data.

    The papers of a batch share their plan, a year's paper reads its quarter's, and a watch reads all of them again.
    """
    read = _remembered if len(text) <= MAX_REMEMBERED else _remembered.__wrapped__
    data, problems = read(text, shown, frozenset(known_keys))
    return data, list(problems)


MAX_REMEMBERED = 4_000_000
"""Most characters of a text that is remembered."""


@lru_cache(maxsize=8)
def _remembered(
    text: str, shown: str, known_keys: frozenset[str]
) -> tuple[Mapping | None, tuple[Problem, ...]]:
    data, problems = parse_yaml(text, shown, known_keys)
    return data, tuple(problems)


def parse_yaml(
    text: str, shown: str, known_keys: Iterable[str] = (), first_line: int = 1
) -> tuple[Mapping | None, list[Problem]]:
    """Parse YAML text; `first_line` is the line of the file that `text` begins on."""
    typed = clean("\n" * (first_line - 1) + text, shown, indented=True)
    if not typed.readable:
        return None, list(typed.problems)
    mended, slips = mend_yaml(typed.text, shown, frozenset(known_keys))
    problems = [*typed.problems, *typed.placed(slips)]
    builder = _Builder(typed, shown, mended)
    loader = _Loader(mended)
    try:
        with collector_at_rest():
            builder.build(iter(loader.get_event, None))
    except yaml.MarkedYAMLError as error:
        problem = _syntax_problem(error, shown, mended)
        problem = replace(problem, suggestion=f"{problem.suggestion}；{_THEN_THE_REST}")
        builder.problems += typed.placed([problem])
        return None, problems + builder.problems
    finally:
        loader.dispose()
    return _top(builder, shown), problems + builder.problems


def _top(builder: _Builder, shown: str) -> Mapping | None:
    if isinstance(builder.root, Mapping):
        return builder.root
    if not builder.stopped:
        root = builder.root
        empty = root is None or (isinstance(root, Scalar) and not root.quoted and root in _NOTHING)
        message = "文件是空的" if empty else "文件最外层应当是“键: 值”"
        hint = "请对照 data 文件夹里的样例填写"
        builder.problems.append(Problem(Location(shown, 1, 1), "YAML", message, hint))
    return None


@dataclass
class _Builder:
    """Builds plain data from parse events with an explicit stack (no recursion).

    Every file passes here, ten thousands of events: places are kept as numbers, and a text is looked at only where
    it can hold what the text of the whole file did not.
    """

    typed: Typed
    file: str
    text: str
    root: Any = None
    stopped: bool = False
    problems: list[Problem] = field(default_factory=list)
    stack: list[Mapping | Sequence] = field(default_factory=list)
    keys: list[Scalar | None] = field(default_factory=list)
    firsts: list[dict[Scalar, int]] = field(default_factory=list)
    documents: int = 0

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def build(self, events: Iterable[Any]) -> None:
        take = {
            yaml.ScalarEvent: self._take_scalar,
            yaml.MappingStartEvent: self._take_mapping,
            yaml.SequenceStartEvent: self._take_sequence,
            yaml.AliasEvent: self._take_alias,
            yaml.DocumentStartEvent: self._take_document,
        }
        nodes = 0
        for event in events:
            kind = type(event)
            if kind in _ENDS:
                self.stack.pop()
                self.keys.pop()
                self.firsts.pop()
                continue
            nodes += 1
            if nodes > MAX_NODES:
                self._stop(self._at(event), f"文件太大（超过 {MAX_NODES} 个键和值）", "请拆成几个文件")
                self.root = None
            elif kind in take:
                take[kind](event)
            if self.stopped:
                return

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        if self.typed.columns:
            return self.typed.at(Location(self.file, mark.line + 1, mark.column + 1))
        return self.file, mark.line + 1, mark.column + 1

    def _at(self, event: Any) -> Location:
        place = self._place(event)
        return Location(*place) if isinstance(place, tuple) else place

    def _take_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(self._at(event), "一个文件里有两份数据（多了一行 ---）", "请删去 ---，或拆成两个文件")

    def _take_alias(self, event: Any) -> None:
        at = self._at(event)
        self._refuse(at, "用了 YAML 引用（*）", "请直接写出内容；如果是文字，请加引号")
        self._add(Scalar("", at))

    def _take_scalar(self, event: Any) -> None:
        value, style = event.value, event.style
        if event.anchor is not None or event.tag is not None:
            self._refuse_marks(event)
        if (
            event.end_mark.line != event.start_mark.line
            or style == '"'
            or "\t" in value
            or self.typed.columns
        ):
            value = unfold(event, self.lines) if style != "|" else value
            value, found = clean_value(value, self._at(event))
            self.problems += found
        self._add(scalar(value, self._place(event), style in _QUOTES))

    def _take_mapping(self, event: Any) -> None:
        self._open(Mapping(self._place(event)), event)

    def _take_sequence(self, event: Any) -> None:
        self._open(Sequence(self._place(event)), event)

    def _open(self, container: Mapping | Sequence, event: Any) -> None:
        self._refuse_marks(event)
        self._add(container)
        self.stack.append(container)
        self.keys.append(None)
        self.firsts.append({})
        if len(self.stack) > MAX_DEPTH:
            self._stop(container.at, f"嵌套超过 {MAX_DEPTH} 层", "请检查缩进和方括号")
            self.root = None

    def _add(self, value: Any) -> None:
        if not self.stack:
            self.root = value
            return
        container = self.stack[-1]
        if isinstance(container, Sequence):
            container.append(value)
        elif self.keys[-1] is None:
            self._take_key(value, container)
        else:
            key, self.keys[-1] = self.keys[-1], None
            container.setdefault(key, value)

    def _take_key(self, value: Any, container: Mapping) -> None:
        if not isinstance(value, Scalar):
            self._refuse(value.at, "键应当是文字", "请检查这一行的写法，文字里有方括号、花括号时请加引号")
            value = Scalar("", value.at)
        elif value == "<<" and not value.quoted:
            self._refuse(value.at, "用了 YAML 合并键（<<）", "请去掉，直接写出内容")
        elif value in container and value == _FIRST_KEY and len(container) > 2:
            self._stop(value.at, "从这一行起又是一份数据", "请删去从这一行起的内容，或另存成一个文件")
        elif value in container:
            if not self.firsts[-1]:  # Asked of the mapping each time, a file of doubles would take for ever.
                self.firsts[-1] = {key: key.at.line for key in container if isinstance(key, Scalar)}
            first = self.firsts[-1][value]
            self._refuse(value.at, f"“{value}”写了两次（第 {first} 行已有）", "请删去一处，或合并成一处")
        if self.firsts[-1]:
            self.firsts[-1].setdefault(value, value.at.line)
        self.keys[-1] = value

    def _refuse_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(self._at(event), "用了 YAML 锚点（&）", "请去掉；如果是文字，请加引号")
        if event.tag is not None:
            self._refuse(self._at(event), f"用了 YAML 标签（{event.tag}）", "请去掉；如果是文字，请加引号")

    def _refuse(self, at: Location, message: str, suggestion: str) -> None:
        self.problems.append(Problem(at, "YAML", message, suggestion))

    def _stop(self, at: Location, message: str, suggestion: str) -> None:
        self._refuse(at, message, suggestion)
        self.stopped = True


_SYNTAX = (
    (
        "could not find expected ':'",
        "这一行（或它的上一行）缺少冒号",
        "请写成“键: 值”，冒号用半角，后面加一个空格；若是接着上面的文字，请多缩进两格",
    ),
    ("mapping values are not allowed", "这里多了一个冒号，或缩进不对", "文字里有冒号时请给整段文字加引号"),
    ("while scanning an anchor", "文字以 & 开头，会被读错", "请给整段文字加引号"),
    ("while scanning an alias", "文字以 * 开头，会被读错", "请给整段文字加引号"),
    ("while scanning a tag", "文字以 ! 开头，会被读错", "请给整段文字加引号"),
    ("while scanning a quoted scalar", "引号没有配对，或引号里有写错的反斜线", "请补上引号；反斜线请写两个"),
    ("found unexpected end of stream", "引号没有配对", "请在文字末尾补上引号"),
    (
        "expected <document start>",
        "上面的数据已经结束，这里又多出一段",
        "请删去多余的 ... 或 ---，或拆成两个文件",
    ),
    ("did not find expected key", "缩进与上下行不齐，或引号没有配对", "请与同级的行对齐，并检查上一行的引号"),
    ("did not find expected '-' indicator", "这一行与上面的列表不齐", "请与同级的减号对齐"),
    ("did not find expected ',' or", "方括号或花括号没有配对", "请补上括号；如果是文字，请给整段加引号"),
    ("block sequence entries are not allowed", "减号不该出现在这里", "请把减号另起一行并缩进"),
    (
        "found invalid Unicode character escape code",
        "引号里的 \\u 后面不是一个字的编码",
        "请直接写出这个字；要写反斜杠，请用单引号",
    ),
    ("found character that cannot start any token", "文字以特殊符号开头", "请给整段文字加引号"),
    ("while scanning a block scalar", "| 或 > 后面不能接文字", "请换行缩进书写，或给文字加引号"),
)


_THEN_THE_REST = "改好这一处，才能检查文件的其余部分"
_LATE = ("quoted scalar", "flow sequence", "flow mapping")


def _syntax_problem(error: yaml.MarkedYAMLError, file: str, text: str) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark
    begun = error.context_mark
    # libyaml finds a missing colon one line too late, and a missing quote or bracket where the file ends.
    late = mark is None or (begun is not None and begun.line < mark.line)
    if begun is not None and (
        "could not find expected ':'" in said or (late and any(words in said for words in _LATE))
    ):
        mark = begun
    at = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
    lines = text.split("\n")
    context = lines[at.line - 1].strip()[:1000] if 0 < at.line <= len(lines) else ""
    if "," in said and "，" in context:
        return Problem(at, "YAML", "括号里的逗号用了全角“，”", "请改成半角逗号加一个空格", context=context)
    for known, message, suggestion in _SYNTAX:
        if known in said:
            return Problem(at, "YAML", message, suggestion, context=context)
    return Problem(
        at, "YAML", "这里不符合 YAML 的写法", "请检查缩进、冒号和引号，或对照样例", context=context
    )
