"""Text in brackets -> how deep it stays open and in which quotes, line by line."""

from __future__ import annotations

import re

_MARK = re.compile(r"""[\[\]{}"'#]""")
_INSIDE = {'"': re.compile(r'(?:\\(?:.|$)|[^"\\])*'), "'": re.compile(r"(?:''|[^'])*")}


def scan_flow(text: str, depth: int = 0, quote: str = "") -> tuple[int, str, int]:
    """Go through a line that begins `depth` brackets deep, in `quote` when one is open.

    Return the depth and the quote at its end, and where the last bracket closed (-1 when it did not).
    """
    place = 0
    while True:
        if quote:
            inside = _INSIDE[quote].match(text, place)
            place = inside.end() + 1 if inside else len(text) + 1
            if place > len(text):
                return depth, quote, -1
            quote = ""
        mark = _MARK.search(text, place)
        if mark is None:
            return depth, "", -1
        place = mark.end()
        before = _before(text, mark.start())
        if mark.group() == "#" and text[mark.start() - 1 : mark.start()] in {"", " ", "\t"}:
            return depth, "", -1
        if mark.group() in "\"'":
            quote = mark.group() if before in {"", "[", "{", ",", ":"} else ""
        elif mark.group() != "#":
            depth += 1 if mark.group() in "[{" else -1
            if depth <= 0:
                return 0, "", place


def _before(text: str, place: int) -> str:
    """Return what stands before `place`, blanks aside: quotes open only where a value may begin."""
    place -= 1
    while place >= 0 and text[place] in " \t":
        place -= 1
    return text[place] if place >= 0 else ""
