"""Stage 4: rendered markup -> blocks of the document tree.

The closed markup: `#`…`####` headings, paragraphs parted by blank lines, `- ` items, `**lead
sentence**`, and directive lines `::正文 键`, `::表 名`, `::状态页 标题`, `::分页`. A backslash makes the next mark a
letter (`templates` has written it as `\\=23;`); `\\7;` is value 7 and `\\@5;` says that template line 5
begins here. `**` is scanned by hand, for
CommonMark's rule fails beside Han characters. Every word of the text is in the tree or in a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhibi.errors import Location, Problem
from zhibi.nodes import (
    Block,
    Heading,
    Inline,
    Inlines,
    Item,
    ItemList,
    Lead,
    PageBreak,
    Paragraph,
    Text,
    plain_text,
)
from zhibi.paragraphs import split_lines
from zhibi.templates import Rendered

_TOKEN = re.compile(r"\\(?P<value>\d+);|\\=(?P<escaped>[0-9a-f]+);|\\=(?P<stray>!);|(?P<lead>\*\*)")
_LINE_MARK = re.compile(r"\\@(\d+);")
_HEADING = re.compile(r"(#{1,4})\s+(.*)")
_DIRECTIVE = re.compile(r"::\s*(\S+?)\s*(?:[\s：:]\s*(\S.*?))?\s*")

Insert = Callable[[str, int, Location], tuple[Block, ...]]
"""What a directive puts in: its argument, the level of the heading above it and its place -> blocks."""


@dataclass
class _Parser:
    """State of one run: what has been read, and the paragraph or list that is still open."""

    rendered: Rendered
    to_inlines: Callable[[Any], Inlines]
    inserts: Mapping[str, Insert]
    line: int = 0
    level: int = 0
    blocks: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    words: list[Inline] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)

    @property
    def at(self) -> Location:
        return Location(self.rendered.file, self.line, 1 if self.line else 0)

    def complain(self, message: str, suggestion: str, text: str = "") -> None:
        self.problems.append(Problem(self.at, "模板", message, suggestion, text=text))


def parse_markup(
    rendered: Rendered, to_inlines: Callable[[Any], Inlines], inserts: Mapping[str, Insert]
) -> tuple[tuple[Block, ...], list[Problem]]:
    """Parse rendered markup; `to_inlines` turns a referenced value into words."""
    parser = _Parser(rendered, to_inlines, inserts)
    for raw in rendered.text.split("\n"):
        _parse_line(raw, parser)
    _close(parser)
    return tuple(parser.blocks), parser.problems


def _parse_line(raw: str, parser: _Parser) -> None:
    marks = _LINE_MARK.findall(raw)
    if marks:
        parser.line = int(marks[-1])
    line = _LINE_MARK.sub("", raw).strip()
    if not line:
        _close_paragraph(parser)  # Items may be parted by blank lines, as a loop leaves them.
    elif heading := _HEADING.fullmatch(line):
        _close(parser)
        parser.level = len(heading[1])
        parser.blocks.append(Heading(parser.level, _inlines(heading[2], parser)))
    elif line.startswith("- "):
        _close_paragraph(parser)
        parser.items.append(Item(_inlines(line[2:].strip(), parser)))
    elif line.startswith("::"):
        _close(parser)
        _insert(line, parser)
    else:
        _close_items(parser)
        parser.words.extend(_joint(parser.words, line))
        parser.words.extend(_inlines(line, parser))


def _joint(words: list[Inline], line: str) -> Iterator[Text]:
    """Lines of one paragraph join without a blank, save between two Latin words."""
    last = words[-1] if words else None
    if isinstance(last, Text) and last.text[-1:].isascii() and last.text[-1:].isalnum() and line[0].isascii():
        yield Text(" ")


def _close(parser: _Parser) -> None:
    _close_paragraph(parser)
    _close_items(parser)


def _close_paragraph(parser: _Parser) -> None:
    if parser.words:
        parser.blocks.extend(Paragraph(line) for line in split_lines(tuple(parser.words)))
        parser.words = []


def _close_items(parser: _Parser) -> None:
    if parser.items:
        parser.blocks.append(ItemList(tuple(parser.items)))
        parser.items = []


def _insert(line: str, parser: _Parser) -> None:
    match = _DIRECTIVE.fullmatch(line)
    name, argument = (match[1], plain_text(_inlines(match[2] or "", parser))) if match else (line[2:], "")
    if name == "分页" and not argument:
        parser.blocks.append(PageBreak())
    elif name in parser.inserts:
        parser.blocks.extend(parser.inserts[name](argument, parser.level, parser.at))
    else:
        known = "、".join(f"::{known}" for known in (*parser.inserts, "分页"))
        parser.complain(f"不认识“{line}”", f"可以写：{known}；如果是文字，请写成 \\:{line[1:]}", line)


def _inlines(text: str, parser: _Parser) -> Inlines:
    """Scan one line: words, values, escapes and lead sentences."""
    outer: list[Inline] = []
    lead: list[Inline] | None = None
    place = 0
    for token in _TOKEN.finditer(text):
        into = outer if lead is None else lead
        _add_words(into, text[place : token.start()], parser)
        place = token.end()
        if token["lead"] and lead is None:
            lead = []
        elif token["lead"] and lead is not None:
            outer.append(Lead(tuple(lead)))
            lead = None
        else:
            _add_token(into, token, parser)
    _add_words(outer if lead is None else lead, text[place:], parser)
    if lead is not None:
        parser.complain("** 没有成对", "请在段首句的末尾补上 **；要印星号请写 \\*", text)
        outer.extend(lead)
    return tuple(outer)


def _add_words(into: list[Inline], words: str, parser: _Parser) -> None:
    if words:
        into.append(Text(words, parser.at))


def _add_token(into: list[Inline], token: re.Match[str], parser: _Parser) -> None:
    if token["value"]:
        into.extend(parser.to_inlines(parser.rendered.values[int(token["value"])]))
    elif token["escaped"]:
        into.append(Text(chr(int(token["escaped"], 16)), parser.at))
    elif token["stray"]:
        parser.complain("单独的反斜线 \\", "要印反斜线请写 \\\\", "\\")
        into.append(Text("\\", parser.at))
