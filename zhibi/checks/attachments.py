"""附件：文中说的附件要有，编号要对，手写的附件说明要与附件一致。

为什么：增减附件以后，正文里的“见附件3”常常忘了改。
依据：GB/T 9704—2012 7.3.4（附件说明名称后不加标点，用全角冒号）、7.3.7（附件序号和标题与附件说明一致）。
错：申报条件和材料清单详见附件2。
对：申报条件和材料清单如下。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.nodes import PartKind, Role, plain_text
from zhibi.prose import Kind, Passage
from zhibi.prose.attachment_notes import note_lines
from zhibi.prose.serial_heads import read_serial
from zhibi.prose.sought import Sought

RULE = "附件"
SUBJECT = "要素"

_SEEN = Sought(r"(?:[见按]|填写|填报)附件\s*(\d{1,2})?(?![\d一二三四五六七八九十的])", "附件")
_NAMED = Sought(r"《([^《》]{2,60})》（(?:详?见)?附件\s*(\d{1,2})）", "附件")
_NOTE = Sought(r"附\s*件\s*[：:]\s*(?=\S)")
_TITLED = Sought(r"《[^《》]+》")
_BLANKS = Sought(r"\s+")


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each attachment that is spoken of otherwise than it is there."""
    titles = [plain_text(one.title) for one in paper.document.parts if one.kind is PartKind.ATTACHMENT]
    annexed = any(one.kind is PartKind.ANNEXED for one in paper.document.parts)
    body = [one for one in paper.passages if one.kind in (Kind.BODY, Kind.CELL)]
    note = [one for one in body if one.role is Role.BODY and _NOTE.match(one.text)]
    for passage in paper.passages:
        if passage.role is Role.ATTACHMENT_TITLE and not annexed and _TITLED.fullmatch(passage.text):
            words = ("附件的标题加了书名号", f"一般不加，写成“{passage.text[1:-1]}”")
            yield passage.problem((0, len(passage.text)), RULE, words, Level.QUERY)
    announced = list(note_lines(paper.passages))
    for passage in body:
        if passage in note:
            yield from _note(paper, passage, titles)
        elif "附件" in passage.text and (titles or not (annexed or note)):
            yield from _seen(passage, titles, max(len(titles), len(announced)))
    if 0 < len(titles) < len(announced):
        yield from _missing(announced[len(titles) :], len(titles) + 1)


def _missing(lines: list[Passage], number: int) -> Iterator[Problem]:
    """Yield advice at the first line of 附件说明 that no attachment follows."""
    others = f"—{number + len(lines) - 1}" if len(lines) > 1 else ""
    words = (
        f"附件说明列出了附件{number}{others}，后面没有",
        "请补上附件，或核对附件说明；附件另送的可以不管",
    )
    yield lines[0].problem((0, len(lines[0].text)), RULE, words, Level.ADVICE)


def _seen(passage: Passage, titles: list[str], announced: int) -> Iterator[Problem]:
    for match in _SEEN.finditer(passage.text):
        if passage.is_quoted(match.start()):
            continue
        if not titles:
            words = (
                f"文中写了“{match.group()}”，全文没有附件",
                "请补上附件，或删去这句话；附件另送的可以不管",
            )
            yield passage.problem(match.span(), RULE, words, Level.ADVICE)
        elif match[1] and not 1 <= int(match[1]) <= announced:
            words = (f"文中写了“{match.group()}”，全文只有 {len(titles)} 个附件", "请核对附件的序号")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE)
    same = {_bare(title): place for place, title in enumerate(titles, 1)}
    for match in _NAMED.finditer(passage.text):
        place = same.get(_bare(match[1]))
        if place and place != int(match[2]):
            words = (f"《{match[1]}》是附件{place}，这里写成了附件{match[2]}", f"请改成“附件{place}”")
            yield passage.problem(match.span(), RULE, words, Level.ADVICE)


def _bare(title: str) -> str:
    return _BLANKS.sub("", title).strip("《》")


def _note(paper: Paper, passage: Passage, titles: list[str]) -> Iterator[Problem]:
    """附件：1.… typed by hand: the program writes one of its own from the attachments' titles."""
    match = _NOTE.match(passage.text)
    start = match.end() if match else 0
    if match and ":" in match.group() and paper.made_from != ".docx":  # There 半角标点 tells of all at once.
        at = match.group().index(":")
        words = ("附件说明的冒号要用全角", "请写成“附件：”")
        yield passage.problem((at, at + 1), RULE, words, Level.ADVICE, mended="：")
    end = len(passage.text.rstrip())
    if passage.text[end - 1] in "。；，、" and "。" not in passage.text[start : end - 1]:
        words = (f"附件名称后面不用“{passage.text[end - 1]}”", "请删去")
        yield passage.problem((end - 1, end), RULE, words, Level.ADVICE, mended="")
    serial = read_serial(passage.text, start)
    name = passage.text[serial.end if serial else start : end].strip("。；，、 ")
    if len(titles) == 1 and _bare(name) != _bare(titles[0]):
        words = (
            f"附件说明写的是“{name}”，附件的标题是“{titles[0]}”",
            "请写成一样的" + ("" if paper.foreign else "；附件说明由程序写，这一段可以删去"),
        )
        yield passage.problem((start, end), RULE, words, Level.ADVICE)
