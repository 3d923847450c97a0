"""Full-width punctuation: half-width marks among Han characters -> the marks that Chinese is written with.

GB/T 15834 gives Chinese text full-width marks; web sites fold them to ASCII. Numbers (1,000), times (12:30),
addresses and Latin phrases keep theirs, and so does damage (`damage.py`), which stays letter for letter.
"""

from __future__ import annotations

import re

from zhibi.importer.damage import damaged_spans

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_OPEN = "(（"
_CLOSE = ")）"
_CHINESE = re.compile(
    r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff、。〈-】〔-〟，；：？！（）“”‘’…—～]"
)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[!-~]*|www\.[!-~]+|[\w.+-]+@[!-~]+", re.ASCII)
_LABEL = re.compile(r"\s*[0-9A-Za-z]{1,2}\)")


def is_chinese(sign: str) -> bool:
    """Tell whether `sign` is a Han character or a full-width mark."""
    return bool(_CHINESE.match(sign))


def restore_width(text: str) -> str:
    """Write the half-width marks of Chinese text full-width; drop the blank that stood after such a mark."""
    marks = half_width_marks(text)
    parts: list[str] = []
    after_mark = False
    for index, sign in enumerate(text):
        if after_mark and sign == " ":
            continue
        after_mark = False
        if index in marks:
            sign, after_mark = _FULL[sign], sign != ")"
        parts.append(sign)
    return "".join(parts)


def half_width_marks(text: str) -> set[int]:
    """Return where the half-width marks of Chinese text stand."""
    if not _CHINESE.search(text):
        return set()
    kept = _kept(text)
    brackets = _brackets(text, kept)
    return {
        index
        for index, sign in enumerate(text)
        if sign in _FULL and index not in kept and (index in brackets or _is_chinese_mark(text, index))
    }


def _kept(text: str) -> set[int]:
    spans = [match.span() for match in _ADDRESS.finditer(text)] + [span for span, _ in damaged_spans(text)]
    return {index for start, end in spans for index in range(start, end)}


def _is_chinese_mark(text: str, index: int) -> bool:
    """Decide for one of , ; : ? ! by the signs around it."""
    sign = text[index]
    if sign in "()":
        return False
    left, right = _beside(text, index, -1), _beside(text, index, 1)
    if left and right and _is_latin(left) and _is_latin(right):
        return False
    if sign in ",:" and left.isdigit() and right.isdigit():
        return False
    return not (sign == ":" and right in ("/", "\\"))


def _beside(text: str, index: int, step: int) -> str:
    """Return the next sign to the left or the right that is no blank, or the empty text."""
    index += step
    while 0 <= index < len(text) and text[index].isspace():
        index += step
    return text[index] if 0 <= index < len(text) else ""


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()


def _brackets(text: str, kept: set[int]) -> set[int]:
    """Find the half-width brackets to be written full-width: pairs together, strays by their neighbours."""
    found: set[int] = set()
    waiting: list[int] = []
    for index, sign in enumerate(text):
        if index in kept:
            continue
        if sign in _OPEN:
            waiting.append(index)
        elif sign in _CLOSE and waiting:
            start = waiting.pop()
            if _touches_chinese(text, start, index + 1):
                found |= {start, index}
        elif sign in _CLOSE and not _LABEL.fullmatch(text[: index + 1]):
            waiting_free = _touches_chinese(text, index, index + 1)
            found |= {index} if waiting_free else set()
    return found | {index for index in waiting if _touches_chinese(text, index, index + 1)}


def _touches_chinese(text: str, start: int, end: int) -> bool:
    """Tell whether there is Chinese inside `text[start:end]` or right beside it."""
    around = text[max(start - 1, 0) : end + 1]
    return any(is_chinese(sign) for sign in around)
