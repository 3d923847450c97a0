"""The elements of a paper as they are recognised in a file; what is not found is empty."""

from __future__ import annotations

from dataclasses import dataclass

from zhibi.measuring.lines import Line
from zhibi.measuring.measures import Area
from zhibi.measuring.pages import Bar, Page
from zhibi.measuring.reading import Scan


@dataclass(frozen=True, slots=True)
class Head:
    """The mark and what belongs to it.

    `mark` are the lines of names, `suffix` the 文件 to the right of several names (cl. 7.2.4); `signers` are
    the lines of 签发人 without 发文字号; `parts` are all words over the title, those far apart each by itself.
    """

    mark: tuple[Line, ...]
    suffix: Line | None
    number: Line | None
    signers: tuple[Line, ...]
    parts: tuple[Line, ...]

    @property
    def block(self) -> tuple[Line, ...]:
        """The whole mark."""
        return (*self.mark, self.suffix) if self.suffix else self.mark

    @property
    def text(self) -> str:
        """The words of the names of the mark."""
        return "".join(line.text for line in self.mark)


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment's label and title lines."""

    label: Line
    title: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """The 版记: its rules and the lines between them; that of a letter has no rules (cl. 10.1).

    `foot` is the lower edge of the type area of its page.
    """

    page: int
    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    foot: float


@dataclass(frozen=True, slots=True)
class Paper:
    """The elements of a paper; `titles` holds the main title first, `body` the lines of the text.

    `attendance` are the lists of those present, excused and invited, each with its label (cl. 10.3).
    """

    scan: Scan
    area: Area
    pages: tuple[Page, ...]
    head: Head
    bars: tuple[Bar, ...]
    titles: tuple[tuple[Line, ...], ...]
    recipients: tuple[Line, ...]
    body: tuple[Line, ...]
    attachment_note: tuple[Line, ...]
    attendance: tuple[tuple[Line, ...], ...]
    names: tuple[Line, ...]
    date: Line | None
    note: Line | None
    attachments: tuple[Attachment, ...]
    imprint: Imprint | None

    @property
    def title(self) -> tuple[Line, ...]:
        """The main title."""
        return self.titles[0] if self.titles else ()

    @property
    def letter(self) -> bool:
        """Tell whether the paper is a letter (cl. 10.1)."""
        return is_letter(self.bars, self.pages[0], self.area)

    @property
    def order(self) -> bool:
        """Tell whether the paper is an order (cl. 10.2)."""
        return is_order(self.head)


def is_letter(bars: tuple[Bar, ...], first: Page, area: Area) -> bool:
    """Tell whether red rules are those of a letter: one at the foot, or one longer than a line of text."""
    return any(bar.box.top > first.sheet.height / 2 or bar.box.width > area.width + 7 for bar in bars)


def is_order(head: Head) -> bool:
    """Tell whether a mark is that of an order."""
    return head.text.endswith("令")
