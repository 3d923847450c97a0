"""Stage 1: bytes of a YAML file -> plain data whose strings know their file, line and column.

Scalars stay strings. Duplicate keys, tags, anchors and second documents are refused with their
place; clerks' usual slips are named by `yaml_mender`; all problems of a file come back at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from zhibi.errors import Level, Location, Problem
from zhibi.plain import Mapping, Scalar, Sequence
from zhibi.yaml_mender import mend_yaml

MAX_BYTES = 16 * 1024 * 1024
"""Largest YAML file that is read."""

MAX_DEPTH = 64
"""Deepest nesting that is read; the tree's own walks recurse this deep at most."""

# Control characters, lone surrogates, and what is never seen: soft hyphens, joiners, zero-width marks, tags.
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u2028\u2029\ud800-\udfff\ufff9-\ufffb\ufffe\uffff"
    "\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_QUOTES = frozenset("'\"|>")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def exists(path: Path) -> bool:
    """Tell whether `path` is a file; a name that no system takes is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def read_file(path: Path, shown: str) -> tuple[str, list[Problem]]:
    """Return the text of a file (line ends \\n, no BOM) and problems; `shown` is its name in messages."""
    at = Location(shown)
    if not exists(path):
        return "", [Problem(at, "文件", "找不到这个文件", "请检查文件名和所在文件夹")]
    try:
        raw = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        return "", [
            Problem(at, "文件", f"读不出这个文件（{error.strerror}）", "请检查权限，或关闭占用它的程序")
        ]
    if raw is None:
        return "", [Problem(at, "文件", "文件太大（超过 16 MB）", "请拆成几个文件")]
    return decode(raw, at)


def decode(raw: bytes, at: Location) -> tuple[str, list[Problem]]:
    """Return `raw` as text: UTF-8, UTF-16 with BOM, or GB18030 with a notice."""
    problems: list[Problem] = []
    head = raw[:4096]
    wide = head.count(b"\0") * 4 > len(head) and head[:2] not in {b"\xff\xfe", b"\xfe\xff"}
    if wide or head[:4] == b"\xff\xfe\0\0":
        hint = "请用记事本打开，另存为，编码选 UTF-8"
        return "", [Problem(at, "编码", "文件编码认不出来（像是没有标记的 UTF-16 或 UTF-32）", hint)]
    encodings = ("utf-16",) if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030":
            hint = "请用记事本打开，另存为，编码选 UTF-8"
            problems.append(Problem(at, "编码", "文件是 GBK/GB18030 编码，已按此读入", hint, Level.ADVICE))
        return text.replace("\r\n", "\n").replace("\r", "\n"), problems
    hint = "请用记事本打开，另存为，编码选 UTF-8"
    return "", [Problem(at, "编码", "文件编码认不出来", hint)]


def illegal_characters(text: str, file: str) -> list[Problem]:
    """Return a problem for each control, surrogate or bidi-override character of `text`."""
    problems = []
    for number, line in enumerate(text.split("\n"), 1):
        for match in (*_ILLEGAL.finditer(line), *_BIDI.finditer(line)):
            message = f"这里有一个看不见的字符 U+{ord(match.group()):04X}"
            at = Location(file, number, match.start() + 1)
            problems.append(
                Problem(at, "字符", message, "请删去它（多半是从别处粘贴带来的）", text=match.group())
            )
    return problems


def read_yaml(path: Path, shown: str, known_keys: Iterable[str] = ()) -> tuple[Mapping | None, list[Problem]]:
    """Read a YAML file whose top level is a mapping.

    Return the mapping, or None when nothing usable could be read, and every problem found.
    """
    text, problems = read_file(path, shown)
    if any(problem.level is Level.ERROR for problem in problems):
        return None, problems
    data, more = parse_yaml(text, shown, known_keys)
    return data, problems + more


def parse_yaml(
    text: str, shown: str, known_keys: Iterable[str] = (), first_line: int = 1
) -> tuple[Mapping | None, list[Problem]]:
    """Parse YAML text; `first_line` is the line of the file that `text` begins on."""
    problems = illegal_characters(text, shown)
    if problems:
        return None, problems
    padded = "\n" * (first_line - 1) + text
    mended, problems = mend_yaml(padded, shown, frozenset(known_keys))
    builder = _Builder(shown, mended.split("\n"))
    try:
        for event in yaml.parse(mended, Loader=_Loader):
            builder.take(event)
            if builder.stopped:
                break
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax_problem(error, shown, mended))
        return None, problems + builder.problems
    return _top(builder, shown), problems + builder.problems


def _top(builder: _Builder, shown: str) -> Mapping | None:
    if isinstance(builder.root, Mapping):
        return builder.root
    if not builder.stopped:
        empty = builder.root is None or builder.root == ""
        message = "文件是空的" if empty else "文件最外层应当是“键: 值”"
        hint = "请对照 data 文件夹里的样例填写"
        builder.problems.append(Problem(Location(shown, 1, 1), "YAML", message, hint))
    return None


@dataclass
class _Builder:
    """Builds plain data from parse events with an explicit stack (no recursion)."""

    file: str
    lines: list[str]
    root: Any = None
    stopped: bool = False
    problems: list[Problem] = field(default_factory=list)
    stack: list[Mapping | Sequence] = field(default_factory=list)
    keys: list[Scalar | None] = field(default_factory=list)
    documents: int = 0

    def take(self, event: Any) -> None:
        at = Location(self.file, event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(at, "一个文件里有两份数据（多了一行 ---）", "请删去 ---，或拆成两个文件")
        elif isinstance(event, yaml.AliasEvent):
            self._refuse(at, "用了 YAML 引用（*）", "请直接写出内容；如果是文字，请加引号")
            self._add(Scalar("", at))
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_marks(event, at)
            value = event.value
            first, last = at.line, event.end_mark.line + 1 if event.end_mark else at.line
            if first != last and event.style != "|":
                value = _unfold(value, self.lines[first - 1 : last])
            self._add(Scalar(value, at, quoted=event.style in _QUOTES))
            self._refuse_hidden(value, at)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._refuse_marks(event, at)
            self._open(Mapping(at) if isinstance(event, yaml.MappingStartEvent) else Sequence(at), at)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.stack.pop()
            self.keys.pop()

    def _open(self, container: Mapping | Sequence, at: Location) -> None:
        self._add(container)
        self.stack.append(container)
        self.keys.append(None)
        if len(self.stack) > MAX_DEPTH:
            self._stop(at, f"嵌套超过 {MAX_DEPTH} 层", "请检查缩进和方括号")

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
        elif value in container:
            first = container.place_of(value).line
            self._refuse(value.at, f"“{value}”写了两次（第 {first} 行已有）", "请删去一处，或合并成一处")
        self.keys[-1] = value

    def _refuse_hidden(self, value: str, at: Location) -> None:
        """Refuse control characters that an escape in quotes has brought in."""
        for char in dict.fromkeys(_ILLEGAL.findall(value) + _BIDI.findall(value)):
            self._refuse(at, f"文字里有一个看不见的字符 U+{ord(char):04X}", "请删去它")

    def _refuse_marks(self, event: Any, at: Location) -> None:
        if event.anchor is not None:
            self._refuse(at, "用了 YAML 锚点（&）", "请去掉；如果是文字，请加引号")
        if event.tag is not None:
            self._refuse(at, f"用了 YAML 标签（{event.tag}）", "请去掉；如果是文字，请加引号")

    def _refuse(self, at: Location, message: str, suggestion: str) -> None:
        self.problems.append(Problem(at, "YAML", message, suggestion))

    def _stop(self, at: Location, message: str, suggestion: str) -> None:
        self._refuse(at, message, suggestion)
        self.stopped = True


def _unfold(value: str, lines: list[str]) -> str:
    """Take out the blank that YAML puts between two Han characters where a text goes on in the next line."""
    place, out = 0, value
    for line, after in pairwise(lines):
        head, tail = line.rstrip()[-1:], after.strip().lstrip("\"'")[:1]
        if not head or not tail or head.isascii() or tail.isascii():
            continue
        found = out.find(f"{head} {tail}", place)
        if found >= 0:
            out = out[: found + 1] + out[found + 2 :]
            place = found + 1
    return out


_SYNTAX = (
    (
        "could not find expected ':'",
        "这一行（或它的上一行）缺少冒号",
        "请写成“键: 值”，冒号用半角，后面加一个空格",
    ),
    ("mapping values are not allowed", "这里多了一个冒号，或缩进不对", "文字里有冒号时请给整段文字加引号"),
    ("found unexpected end of stream", "引号没有配对", "请在文字末尾补上引号"),
    ("did not find expected key", "缩进与上下行不齐，或引号没有配对", "请与同级的行对齐，并检查上一行的引号"),
    ("did not find expected '-' indicator", "这一行与上面的列表不齐", "请与同级的减号对齐"),
    ("did not find expected ',' or", "方括号或花括号没有配对", "请补上括号；如果是文字，请给整段加引号"),
    ("block sequence entries are not allowed", "减号不该出现在这里", "请把减号另起一行并缩进"),
    ("found character that cannot start any token", "文字以特殊符号开头", "请给整段文字加引号"),
    ("while scanning a block scalar", "| 或 > 后面不能接文字", "请换行缩进书写，或给文字加引号"),
)


def _syntax_problem(error: yaml.MarkedYAMLError, file: str, text: str) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark
    # libyaml finds a missing colon one line too late; its context mark is where the key began.
    if "could not find expected ':'" in said and error.context_mark:
        mark = error.context_mark
    at = Location(file, mark.line + 1, mark.column + 1) if mark else Location(file)
    lines = text.split("\n")
    context = lines[at.line - 1].strip() if 0 < at.line <= len(lines) else ""
    if "," in said and "，" in context:
        return Problem(at, "YAML", "括号里的逗号用了全角“，”", "请改成半角逗号加一个空格", context=context)
    for known, message, suggestion in _SYNTAX:
        if known in said:
            return Problem(at, "YAML", message, suggestion, context=context)
    return Problem(
        at, "YAML", "这里不符合 YAML 的写法", "请检查缩进、冒号和引号，或对照样例", context=context
    )
