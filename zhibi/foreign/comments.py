"""A Word file + findings -> the same file with each finding as a Word comment on exactly its characters.

Runs are split where a comment begins and ends; no word, mark or format of the paper changes.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zipfile import BadZipFile, LargeZipFile

from lxml import etree

from zhibi.errors import Location, Problem, ReportError
from zhibi.foreign.word_package import WordPackage
from zhibi.foreign.word_text import Character, characters, held, word_texts
from zhibi.importer.word_xml import Element, attribute, child, local

AUTHOR, INITIALS = "执笔", "执笔"
_MARKS = frozenset({"comment", "commentRangeStart", "commentRangeEnd", "commentReference"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class _Span:
    """Characters of a paragraph that a comment is about; those of no place in it: all of them."""

    start: int
    end: int
    number: int


def annotated(raw: bytes, notes: Iterable[tuple[Problem, str]], moment: str, shown: str) -> bytes:
    """Return the file with a comment for each finding; `notes` pairs it with the words of its comment.

    `moment` is the date of the comments, `shown` what the file is called.
    """
    try:
        package = WordPackage(raw)
        return _annotated(package, list(notes), moment)
    except (BadZipFile, LargeZipFile, OSError, EOFError, RuntimeError, ValueError, etree.LxmlError) as error:
        message = "文件里有损坏的部分，不能写批注"
        hint = "请用 Word 打开、另存一份再试；不加 --annotate 可以照常看结果"
        raise ReportError([Problem(Location(shown), "批注", message, hint)]) from error


def _annotated(package: WordPackage, notes: Sequence[tuple[Problem, str]], moment: str) -> bytes:
    texts = [one.element for one in word_texts(child(package.document, "body"))]
    wordy = [number for number, element in enumerate(texts) if any(characters(element))]
    if not notes or not wordy:
        return package.saved()
    comments = package.comments()
    paragraph_style = package.style("paragraph", "CommentText", "annotation text")
    style = package.style("character", "CommentReference", "annotation reference")
    written = _Comments(package, moment, paragraph_style, style)
    number = _next_number(package.document, comments)
    spans: Mapping[int, list[_Span]] = defaultdict(list)
    places = _holders(wordy, len(texts))
    for count, (problem, words) in enumerate(notes, number):
        wanted = problem.at.line - 1
        own = places[min(max(wanted, 0), len(texts) - 1)]
        start = max(problem.start, 0)
        end = start + len(problem.text) if own == wanted else start
        spans[own].append(_Span(start, end, count))
        comments.append(written.comment(words, count))
    for own, found in spans.items():
        written.mark(texts[own], found)
    return package.saved()


def _holders(wordy: Sequence[int], count: int) -> list[int]:
    """Return for each paragraph the one that holds its comments: itself, or the next that has words."""
    holders = []
    following = wordy[-1]
    known = frozenset(wordy)
    for number in reversed(range(count)):
        following = number if number in known else following
        holders.append(following)
    return holders[::-1]


def _next_number(*parts: Element) -> int:
    """Return a number that no comment has yet, not even one whose words are lost."""
    ids = [
        attribute(one, "id")
        for part in parts
        for one in part.iter()
        if isinstance(one.tag, str) and local(one) in _MARKS
    ]
    return (
        max((int(one) for one in ids if one.isascii() and one.isdecimal() and len(one) < 9), default=-1) + 1
    )


@dataclass(frozen=True, slots=True)
class _Comments:
    """Makes comments and their marks in the names and styles of one file."""

    package: WordPackage
    moment: str
    text_style: str
    mark_style: str

    def comment(self, words: str, number: int) -> Element:
        """Return a comment, a paragraph for each line."""
        make = self.package.make
        paragraphs: list[Element] = []
        for line in words.split("\n"):
            text = make("t", text=line)
            text.set(_SPACE, "preserve")
            style = [make("pPr", make("pStyle", val=self.text_style))] if self.text_style else []
            sign = [] if paragraphs else [self._run(make("annotationRef"))]
            paragraphs.append(make("p", *style, *sign, make("r", text)))
        names = {"author": AUTHOR, "date": self.moment, "initials": INITIALS}
        return make("comment", *paragraphs, id=str(number), **names)

    def mark(self, paragraph: Element, spans: Sequence[_Span]) -> None:
        """Put the marks of comments round their characters."""
        every = list(characters(paragraph))
        whole = len(every)
        ranges = [
            (one.start, one.end, one.number) if one.start < one.end <= whole else (0, whole, one.number)
            for one in spans
        ]
        # From the last on: what stands before a cut stays where it was.
        for at in sorted({at for start, end, _ in ranges for at in (start, end)}, reverse=True):
            if at < whole:
                _split(every[at])
        every = list(characters(paragraph))
        make = self.package.make
        for start, _, number in ranges:
            every[start].run.addprevious(make("commentRangeStart", id=str(number)))
        for _, end, number in reversed(ranges):
            last = every[end - 1].run
            last.addnext(self._run(make("commentReference", id=str(number))))
            last.addnext(make("commentRangeEnd", id=str(number)))

    def _run(self, sign: Element) -> Element:
        make = self.package.make
        style = [make("rPr", make("rStyle", val=self.mark_style))] if self.mark_style else []
        return make("r", *style, sign)


def _split(at: Character) -> None:
    """Cut a run before a character, or before the whole of what cannot be cut."""
    run, holder = at.run, at.holder
    offset = at.offset if local(holder) == "t" else 0
    index = run.index(holder)
    if not offset and all(local(inner) == "rPr" for inner in _before(run, index)):
        return
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


def _before(run: Element, index: int) -> Iterator[Element]:
    return (inner for inner in list(run)[:index] if isinstance(inner.tag, str))
