"""The runs of a paragraph in a Word file of our own -> its words: lead sentence, series, serial at its head."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from zhibi.importer.blocks import CellWords, Data, Value
from zhibi.importer.serial_heads import known_label, split_serials
from zhibi.importer.series import DEFAULT_SERIES
from zhibi.importer.word import WordCell, WordParagraph
from zhibi.layout.runs import Voice
from zhibi.serials import NO_NUMBER


@dataclass(frozen=True, slots=True)
class Label:
    """A serial as printed, read back: the pattern it was made from and its counter."""

    sample: str
    value: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Neighbouring words of one voice (character style)."""

    voice: str
    text: str


def pieces(paragraph: WordParagraph) -> list[Piece]:
    """Return a paragraph's words by voice; serials that stand side by side stay apart."""
    runs = [Piece(run.style if run.style in set(Voice) else "", run.text) for run in paragraph.runs]
    found: list[Piece] = []
    for voice, group in groupby(runs, lambda run: run.voice):
        text = "".join(run.text for run in group)
        parts = split_serials(text) if voice == Voice.NUMBER else [text]
        found.extend(Piece(voice, part) for part in parts if part)
    return found


def split_label(found: list[Piece]) -> tuple[Label | None, list[Piece]]:
    """Take the serial off the head of a paragraph, when it is one."""
    label = read_label(found[0].text) if len(found) > 1 and found[0].voice == Voice.NUMBER else None
    if label is None:
        return None, found
    following = next((piece for piece in found[1:] if piece.voice == Voice.NUMBER), None)
    goes_on = following is not None and read_label(following.text) == Label(label.sample, label.value + 1)
    return (None, found) if goes_on else (label, found[1:])


def read_label(text: str) -> Label | None:
    """Read a serial back: a known pattern first, else the first counter that can be found in it."""
    known = known_label(_without_gap(text))
    return Label(*known) if known else None


def _without_gap(text: str) -> str:
    """Drop the blank that parts a number from a text that begins with a digit: 1. 2026年."""
    return text[:-1] if text[-1:] == " " and text[-2:-1] in {".", "．", "、"} else text


def words(found: list[Piece]) -> str:
    """Return all words, voices forgotten."""
    return "".join(piece.text for piece in found)


def sentence(found: list[Piece]) -> Value:
    """Return a 文句: {引语, 分述, 编号} when serials stand in it, else a text."""
    places = [index for index, piece in enumerate(found) if piece.voice == Voice.NUMBER]
    labels = [read_label(found[index].text) for index in places]
    if not places or None in labels:
        return words(found)
    sample = labels[0].sample if labels[0] else ""
    expected = [Label(sample, value) for value in range(1, len(labels) + 1)]
    ends = [*places[1:], len(found)]
    items: list[Value] = [words(found[start + 1 : end]) for start, end in zip(places, ends, strict=True)]
    if labels != expected or not all(items):
        return words(found)
    lead = words(found[: places[0]])
    data: Data = {"引语": lead} if lead else {}
    if sample != DEFAULT_SERIES:
        data["编号"] = sample
    return {**data, "分述": items}


def paragraph_value(paragraph: WordParagraph) -> Value:
    """Return a paragraph of body text: {提要, 文}, a series, or a text."""
    found = pieces(paragraph)
    if not found or found[0].voice != Voice.LEAD:
        return sentence(found)
    data: Data = {"提要": found[0].text}
    return {**data, "文": sentence(found[1:])} if len(found) > 1 else data


def cell_words(cell: WordCell) -> CellWords:
    """Return what a cell says: the lines before the first serial, then the items."""
    lead: list[str] = []
    items: list[Value] = []
    sample = ""
    for paragraph in cell.paragraphs:
        found = pieces(paragraph)
        label, rest = split_label(found)
        if label is not None and label == Label(sample or label.sample, len(items) + 1):
            sample = label.sample
            items.append(sentence(rest))
        elif items and isinstance(items[-1], str):
            items[-1] = f"{items[-1]}\n{words(found)}"
        elif items:
            return CellWords("\n".join(line.text for line in cell.paragraphs))
        elif len(cell.paragraphs) == 1:
            return CellWords(sentence(found))
        else:
            lead.append(words(found))
    if len(lead) > 1 and not items:
        return CellWords("", tuple(lead), NO_NUMBER)
    return CellWords("\n".join(lead), tuple(items), sample)
