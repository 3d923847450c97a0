"""Inlines -> runs: pieces of one voice and one script, the smallest things that a writer sets.

Both writers read a paragraph through this module, so that both put the same words in the same face.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from zhibi.errors import Location
from zhibi.layout.scripts import Script, split_scripts
from zhibi.nodes import Break, Heading, Inlines, Label, Lead, Number, Series, Stop, Text


class Voice(StrEnum):
    """What a run is; the value is its Word character style."""

    PLAIN = ""
    NUMBER = "序号"
    LEAD = "段首句"
    HEADING = "标题文字"
    REST = "接排文字"
    LABEL = "标签"


LABEL = Voice.LABEL  # Looked up once, for it is asked for every run.


class Run(NamedTuple):
    """Words of one voice in one script; `at` is where a person typed them."""

    text: str
    script: Script
    voice: Voice = Voice.PLAIN
    at: Location | None = None


Piece = Run | Break | Stop


def paragraph_runs(content: Inlines) -> tuple[Piece, ...]:
    """Return the runs of a paragraph or a cell."""
    return _split(list(_flatten(content, Voice.PLAIN)))


def heading_runs(heading: Heading) -> tuple[Piece, ...]:
    """Return the runs of a heading: its number, its words and what runs on after them."""
    pieces: list[Piece] = [Run(heading.number, Script.HAN, Voice.NUMBER)] if heading.number else []
    pieces.extend(_flatten(heading.content, Voice.HEADING))
    pieces.extend(_flatten(heading.rest, Voice.REST))
    return _split(pieces)


def _flatten(content: Inlines, voice: Voice) -> Iterator[Piece]:
    for inline in content:
        match inline:
            case Text(text=text, at=at):
                yield from _lines(text, voice, at)
            case Number(text=text):
                yield Run(text, Script.HAN, Voice.NUMBER if voice is Voice.PLAIN else voice)
            case Lead(content=inner):
                yield from _flatten(inner, Voice.LEAD)
            case Break() | Stop():
                yield inline
            case Label(text=text):
                yield Run(text, Script.HAN, Voice.LABEL)
            case Series(items=items):
                for item in items:
                    yield from _flatten(item, voice)


def _lines(text: str, voice: Voice, at: Location | None) -> Iterator[Piece]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Break()
        yield Run(line, Script.HAN, voice, at)


def _split(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Cut runs where the script changes, which the words on both sides of a run may decide."""
    if len(pieces) == 1 and isinstance(pieces[0], Run):
        return _cut(pieces[0], split_scripts(pieces[0].text))
    whole = "".join(piece.text if isinstance(piece, Run) else "\n" for piece in pieces)
    scripts = [script for script, text in split_scripts(whole) for _ in text]
    split: list[Piece] = []
    place = 0
    for piece in pieces:
        if not isinstance(piece, Run):
            split.append(piece)
            place += 1
        else:
            split += _cut(piece, _grouped(piece.text, scripts[place : place + len(piece.text)]))
            place += len(piece.text)
    return tuple(split)


def _grouped(text: str, scripts: list[Script]) -> Iterator[tuple[Script, str]]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or scripts[place] is not scripts[start]:
            yield scripts[start], text[start:place]
            start = place


def _cut(run: Run, parts: Iterator[tuple[Script, str]]) -> tuple[Run, ...]:
    return tuple([Run(text, script, run.voice, run.at) for script, text in parts])
