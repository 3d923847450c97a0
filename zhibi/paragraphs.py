"""Words -> inlines and paragraphs: what a line end in a typed text means.

One documented normalisation, the same for both formats: a line end starts a new paragraph (in titles
and cells: a new line), empty lines and blanks at both ends of a line go, everything else stays letter for
letter, blanks and widths inside a line included. What is done to single characters is said in `typed_text`.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.errors import Location
from zhibi.nodes import Break, Inline, Inlines, Text

BLANKS = " \t\u3000\u00a0"


def to_text(words: str, at: Location | None) -> Inlines:
    """Return typed words as inlines, a `Break` between its lines; empty lines go."""
    lines = [line.strip(BLANKS) for line in words.split("\n")]
    out: list[Inline] = []
    for line in lines:
        if line:
            out.extend((*((Break(),) if out else ()), Text(line, at)))
    return tuple(out)


def split_lines(content: Inlines) -> Iterator[Inlines]:
    """Yield the pieces of `content` between its breaks, without the breaks."""
    line: list[Inline] = []
    for inline in content:
        if isinstance(inline, Break):
            if line:
                yield tuple(line)
            line = []
        else:
            line.append(inline)
    if line:
        yield tuple(line)
