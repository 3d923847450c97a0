"""A Word file + findings -> the same file with each finding as a Word comment on exactly its characters.

Runs are split where a comment begins and ends; no word, mark or format of the paper changes.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from zhibi.errors import Problem
from zhibi.foreign.word_text import characters, held, word_texts
from zhibi.importer.word_xml import Element, local

AUTHOR, INITIALS = "执笔", "执笔"
_STYLES = (
    ("CommentReference", "annotation reference", WD_STYLE_TYPE.CHARACTER),
    ("CommentText", "annotation text", WD_STYLE_TYPE.PARAGRAPH),
)
"""The styles that comments are written in, by id and name."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def annotated(raw: bytes, notes: Iterable[tuple[Problem, str]]) -> bytes:
    """Return the file with a comment for each finding; `notes` pairs it with the words of its comment."""
    document: Any = Document(BytesIO(raw))
    _add_styles(document)
    texts = [one.element for one in word_texts(document.element.body)]
    wordy = [number for number, element in enumerate(texts) if any(characters(element))]
    for problem, words in notes:
        number = problem.at.line - 1
        if number not in wordy:
            number = next((one for one in wordy if one > number), wordy[-1] if wordy else -1)
            start, end = 0, 0
        else:
            start, end = max(problem.start, 0), max(problem.start, 0) + len(problem.text)
        if number >= 0:
            runs = _runs(texts[number], start, end, document)
            document.add_comment(runs, words, author=AUTHOR, initials=INITIALS)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _add_styles(document: Any) -> None:
    known = {style.style_id for style in document.styles}
    names = {style.name for style in document.styles}
    for style_id, name, kind in _STYLES:
        if style_id not in known:
            style = document.styles.add_style(name if name not in names else f"{name} 执笔", kind)
            style.element.set(qn("w:styleId"), style_id)


def _runs(paragraph: Element, start: int, end: int, document: Any) -> Sequence[Run]:
    """Return the first and the last run of the characters from `start` to `end`, split off; of none, all runs."""
    every = list(characters(paragraph))
    if not start < end <= len(every):
        start, end = 0, len(every)
    if end < len(every):
        _split(every[end].run, every[end].holder, every[end].offset)
        every = list(characters(paragraph))
    first = _split(every[start].run, every[start].holder, every[start].offset)
    last = list(characters(paragraph))[end - 1].run
    parent: Any = Paragraph(paragraph, document)  # type: ignore[arg-type]
    return [Run(first, parent), Run(last, parent)]  # type: ignore[arg-type]


def _split(run: Element, holder: Element, offset: int) -> Element:
    """Return the run that begins with the character of `holder` at `offset`, cut off from what stands before it."""
    index = run.index(holder)
    if not offset and all(local(inner) == "rPr" for inner in _before(run, index)):
        return run
    tail = copy.deepcopy(run)
    for inner in list(tail)[:index]:
        if local(inner) != "rPr":
            tail.remove(inner)
    for inner in list(run)[index + bool(offset) :]:
        run.remove(inner)
    if offset:
        words = held(holder)
        rest = next(inner for inner in tail if local(inner) != "rPr")
        for element, text in ((holder, words[:offset]), (rest, words[offset:])):
            element.text = text
            element.set(_SPACE, "preserve")
    run.addnext(tail)
    return tail


def _before(run: Element, index: int) -> Iterator[Element]:
    return (inner for inner in list(run)[:index] if isinstance(inner.tag, str))
