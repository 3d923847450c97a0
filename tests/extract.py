"""Text and tables taken out of finished files by other people's programs: pandoc and pdftotext."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FOOTER = re.compile(r"^—\s*\d+\s*—$", re.MULTILINE)
"""On a landscape page the number is turned, and each of its parts comes as a line of its own."""


@dataclass(frozen=True)
class Extract:
    """What a file says: its blocks in order, a text or a table (rows of cell texts)."""

    blocks: tuple[str | list[list[str]], ...]

    @property
    def text(self) -> str:
        return "".join(fold(part) for part in self._parts())

    @property
    def tables(self) -> list[list[list[str]]]:
        return [block for block in self.blocks if isinstance(block, list)]

    def _parts(self) -> Iterator[str]:
        for block in self.blocks:
            if isinstance(block, str):
                yield block
            else:
                yield from (cell for row in block for cell in row)


def fold(text: str) -> str:
    """Fold width and drop white space: what is left must be equal."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_docx(path: Path) -> Extract:
    """Read a Word file through pandoc's tree."""
    said = subprocess.run(["pandoc", "-f", "docx", "-t", "json", str(path)], check=True, capture_output=True)
    return Extract(tuple(_blocks(json.loads(said.stdout)["blocks"])))


def _blocks(blocks: list[Any]) -> Iterator[str | list[list[str]]]:
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in {"Para", "Plain"}:
            yield _inlines(content)
        elif kind == "Header":
            yield _inlines(content[2])
        elif kind == "Table":
            yield list(_rows(content))
        elif kind in {"BlockQuote", "Div"}:
            yield from _blocks(content if kind == "BlockQuote" else content[1])
        elif kind in {"BulletList", "OrderedList"}:
            for item in content if kind == "BulletList" else content[1]:
                yield from _blocks(item)
        else:
            raise AssertionError(f"pandoc gave a block that nobody expected: {kind}")


def _rows(table: list[Any]) -> Iterator[list[str]]:
    head, bodies, foot = table[3], table[4], table[5]
    rows = [*head[1], *(row for body in bodies for part in body[2:4] for row in part), *foot[1]]
    for row in rows:
        yield ["\n".join(str(block) for block in _blocks(cell[4])) for cell in row[1]]


def _inlines(inlines: list[Any]) -> str:
    out = []
    for inline in inlines:
        kind, content = inline["t"], inline.get("c")
        if kind == "Str":
            out.append(content)
        elif kind in {"Space", "SoftBreak", "LineBreak"}:
            out.append(" ")
        elif kind in {"Span", "Link"}:
            out.append(_inlines(content[1]))
        elif kind == "Quoted":
            marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            out.append(marks[0] + _inlines(content[1]) + marks[1])
        elif kind in {"Emph", "Strong", "Underline", "Superscript", "Subscript", "SmallCaps"}:
            out.append(_inlines(content))
        else:
            raise AssertionError(f"pandoc gave an inline that nobody expected: {kind}")
    return "".join(out)


def read_pdf(path: Path, headers: tuple[str, ...] = ()) -> str:
    """Return the folded text of a PDF without page numbers and repeated table headers.

    `headers` are the folded header rows of its tables; one that stands again at the top of a page goes.
    """
    said = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True
    )
    pages = [fold(_FOOTER.sub("", page)) for page in said.stdout.decode().split("\f")]
    text = pages[0]
    for page in pages[1:]:
        repeated = next((header for header in headers if header in text and page.startswith(header)), "")
        text += page.removeprefix(repeated)
    return text


def header_texts(extract: Extract) -> tuple[str, ...]:
    """Return the folded header rows (one, two or three of them) of every table, longest first."""
    found = {
        "".join(fold(cell) for row in table[:depth] for cell in row)
        for table in extract.tables
        for depth in (1, 2, 3)
    }
    return tuple(sorted(found - {""}, key=len, reverse=True))
