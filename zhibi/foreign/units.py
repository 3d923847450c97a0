"""A paper from elsewhere -> its paragraphs, cells or lines as they stand in the file, each with what people call its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from zhibi.errors import Location
from zhibi.foreign.word_text import WordText, text_of, word_texts
from zhibi.importer.blocks import Notes
from zhibi.importer.txt import decode_text
from zhibi.importer.word import WordParagraph, read_word
from zhibi.importer.word_xml import child, is_word, open_parts

_HAN = "一二三四五六七八九十百"
_HEAD = re.compile(rf"[{_HAN}]+、|[（(][{_HAN}]+[)）]")
_SHORT_HEAD = re.compile(r"\d{1,2}[.．、][^。；：]{2,24}")
_TITLE_END = re.compile(r"[。：；]|\s*$")

TITLE = 14
"""Most characters of a heading that name the place of what follows it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, cell or line of the file; `line` is what the importer calls its place."""

    text: str
    at: Location
    line: int

    def place(self, offset: int) -> Location:
        """Return the place of one of its characters."""
        return replace(self.at, column=self.at.column + offset)

    @property
    def name(self) -> str:
        """Return what people call its place."""
        return self.at.part or f"第{self.at.line}行"


def units_of(path: Path, shown: str) -> list[Unit]:
    """Return the units of a file in reading order; none of one that cannot be opened, which import tells."""
    try:
        raw = path.read_bytes()
    except OSError:
        return []
    if is_word(path.name, raw):
        return list(_of_word(raw, shown))
    lines = decode_text(raw, shown, Notes()).split("\n")
    return [Unit(line, Location(shown, number, 1), number) for number, line in enumerate(lines, 1)]


def _of_word(raw: bytes, shown: str) -> Iterator[Unit]:
    texts = list(word_texts(child(open_parts(raw, shown).document, "body")))
    blocks = read_word(raw, shown, Notes()).blocks
    heads = {block.at.line: _title(block) for block in blocks if isinstance(block, WordParagraph)}
    for number, (one, part) in enumerate(zip(texts, _parts(texts, heads), strict=True), 1):
        yield Unit(text_of(one.element), Location(shown, number, 1, part), one.line)


def _title(paragraph: WordParagraph) -> str:
    """Return the words that a heading is known by, nothing for other paragraphs."""
    text = paragraph.text.strip()
    if not (paragraph.level or _HEAD.match(text) or _SHORT_HEAD.fullmatch(text)):
        return ""
    stop = _TITLE_END.search(text)
    title = text[: stop.start()] if stop else text
    return f"{title[:TITLE]}…" if len(title) > TITLE else title


def _parts(texts: Iterable[WordText], heads: dict[int, str]) -> Iterator[str]:
    """Yield the name of each paragraph: counted from the heading before it, for Word shows no numbers of paragraphs."""
    heading, count = "", 0
    for one in texts:
        if one.in_table:
            yield one.part
            continue
        title = heads.get(one.line, "")
        if title:
            heading, count = title, 0
            yield f"“{title}”这一段"
            continue
        count += bool(text_of(one.element).strip())
        yield f"“{heading}”下第{max(count, 1)}段" if heading else one.part
