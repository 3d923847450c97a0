"""What a single line of a paper is: a title, a date, a label, a part of a sentence that was cut in two.

The element words follow GB/T 9704-2012 cl. 7 and the 信息公开 blocks of government web sites.
"""

from __future__ import annotations

import re

from zhibi.importer.blocks import Line, Notes
from zhibi.importer.damage import damaged_spans
from zhibi.importer.serial_heads import read_serial
from zhibi.importer.width import restore_width

TITLE_LENGTH = 60
# A run-in heading is no longer than this; 总体目标：… is cut after its colon when that comes this soon.
RUN_IN_LENGTH = 50
LABEL_LENGTH = 20
_OPENING = "（(《“‘【〔"
_CLOSING = "）)》”’】〕"
_STOPS = "。；！？：，、;!?:,"
_SENTENCE_END = re.compile(r"[。；！？;!?]")
_DATE = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_HAN_DATE = re.compile(
    r"[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_LABEL = re.compile(r"附\s*件\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?\s*([：:]?)")
_NOTE = re.compile(r"附\s*件\s*[：:]\s*(?=\S)")
_NUMBERED_LABEL = re.compile(r"附\s*件\s*(\d{1,2})\s*[：:]\s*(\S.*)")
_OUTLINE = re.compile(
    r"(?:目\s*[录錄次]|提\s*[纲綱])(?:[/／、](?:目\s*[录錄次]|提\s*[纲綱]))?[：:]?[…．.\s]*"
)
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,16}[〔\[［【（(]\d{4}[〕\]］】）)]\s*第?\d+号")
_RECIPIENT_END = re.compile(
    r"(?:[局府处處办辦委会會院部厅廳县縣区區市镇鎮乡鄉场場所站队隊团團社校室科司州盟旗]|中心|街道|单位|單位|部门|部門|机构|機構|企业|企業|公司|"
    r"学校|大学|学院|同志们?|同志們|代表|委员|委員|领导|領導|朋友们?)[）)]?[：:]$"
)
_LABELLED = re.compile(r"(?:单位|單位|注|备注|備註|说明|說明|来源|來源|编号|編號|附件)\s*\d*[：:]")
_TABLE_TITLE = re.compile(r"(?:续?表\s*\d+.*|.*(?:表|一览|清单|名单|明细|目录))")
_UNIT = re.compile(r"单位[：:]\s*([^，。；,;：:]{1,12})")
_CLOSING_WORDS = re.compile(r"特此|此致|敬礼|以上|妥否|当否|請|请")
_LIMIT = re.compile(r"[（(]不超[过過](\d+)字[）)]$")


def is_date(text: str) -> bool:
    """Tell whether the line is a date and nothing else, in Arabic or Han digits."""
    return bool(_DATE.fullmatch(text) or _HAN_DATE.fullmatch(text))


def is_attachment_label(text: str) -> bool:
    """Tell whether the line is 附件 or 附件1 alone."""
    return bool(_LABEL.fullmatch(text))


def attachment_label(text: str) -> tuple[str, str]:
    """Return the number and the colon of a label, each empty when it is not there."""
    found = _LABEL.fullmatch(text)
    return (found.group(1) or "", found.group(2)) if found else ("", "")


def numbered_attachment(text: str) -> tuple[str, str] | None:
    """Split 附件1：名称 into its number and the name."""
    found = _NUMBERED_LABEL.fullmatch(text)
    return (found.group(1), found.group(2)) if found else None


def attachment_note_start(text: str) -> int | None:
    """Return where the words after 附件： begin, or None."""
    found = _NOTE.match(text)
    return found.end() if found else None


def is_outline_title(text: str) -> bool:
    """Tell whether the line is the head of a table of contents (目录, 提纲)."""
    return bool(_OUTLINE.fullmatch(text))


def is_document_number(text: str) -> bool:
    """Tell whether the line is a 发文字号 such as 云科〔2026〕2号."""
    return bool(_DOCUMENT_NUMBER.fullmatch(text))


def is_recipients(text: str) -> bool:
    """Tell whether the line names the offices that a paper is sent to, or those it speaks to."""
    return len(text) <= 300 and not _SENTENCE_END.search(text) and bool(_RECIPIENT_END.search(text))


def is_title(text: str) -> bool:
    """Tell whether the line could be a title: short, without a stop, a number or a label."""
    if len(text) > TITLE_LENGTH or text[-1] in _STOPS + "." or _SENTENCE_END.search(text):
        return False
    labelled = is_attachment_label(text) or is_outline_title(text) or bool(_LABELLED.match(text))
    other = labelled or is_date(text) or is_document_number(text)
    return not other and read_serial(text) is None and text[0] not in "（(" + _STOPS


def is_table_title(text: str) -> bool:
    """Tell whether the line could be the title of a table: 表1 …, …情况表, …一览."""
    return bool(_TABLE_TITLE.fullmatch(text)) and is_title(text)


def table_unit(text: str) -> str:
    """Return the unit that a line above a table gives (单位：万元), or the empty text."""
    found = _UNIT.fullmatch(text)
    return found.group(1).strip() if found else ""


def is_signature(text: str) -> bool:
    """Tell whether the line could be the office (or the person) that signs."""
    return is_title(text) and len(text) <= 40 and not _CLOSING_WORDS.match(text) and "《" not in text


def is_office(text: str) -> bool:
    """Tell whether the line is the name of an office."""
    return is_signature(text) and bool(_RECIPIENT_END.search(f"{text}："))


def restore_line(text: str) -> str:
    """Restore the full-width marks of a line; the colon of an attachment's label stays as it was typed."""
    label = _LABEL.match(text)
    start = label.end() if label else 0
    return text[:start] + restore_width(text[start:])


def word_limit(title: str) -> tuple[str, int | None]:
    """Split a column title into its words and the limit it declares: （不超过300字）."""
    found = _LIMIT.search(title)
    return (title[: found.start()], int(found.group(1))) if found else (title, None)


def first_sentence(text: str) -> tuple[str, str]:
    """Split a run-in heading: its first sentence (or a short 总体目标：), and what follows it."""
    depth = colon = 0
    for index, sign in enumerate(text):
        if sign in _OPENING:
            depth += 1
        elif sign in _CLOSING:
            depth = max(depth - 1, 0)
        elif sign in "。！？" and not depth:
            long = colon and index > RUN_IN_LENGTH
            return _cut(text, colon) if long else _cut(text, index + 1)
        elif sign == "：" and not depth and not colon and index <= LABEL_LENGTH:
            colon = index + 1
    return _cut(text, colon) if colon and len(text) > RUN_IN_LENGTH else (text, "")


def _cut(text: str, place: int) -> tuple[str, str]:
    return text[:place], text[place:].lstrip()


def join_broken(lines: list[Line], notes: Notes) -> list[Line]:
    """Join the halves of sentences that a hard line end cut, and say where."""
    joined: list[Line] = []
    for line in lines:
        if joined and _goes_on(joined[-1].text, line.text) and not (joined[-1].level or line.level):
            tail = joined[-1].text
            notes.damaged(
                line.at, line.text[:8], f"句子在“{tail[-8:]}”后面断成了两行，已经接上", "请看一下接得对不对"
            )
            joined[-1] = Line(tail + line.text, joined[-1].at)
        else:
            joined.append(line)
    return joined


def _goes_on(first: str, second: str) -> bool:
    """Tell whether `second` is the rest of the sentence that `first` leaves open."""
    if not _ends_open(first) or not _starts_words(second):
        return False
    flowing = bool(_SENTENCE_END.search(first)) or first[-1] in "，、," or len(first) > 2 * TITLE_LENGTH
    return flowing and bool(_SENTENCE_END.search(second))


def _ends_open(text: str) -> bool:
    if _touches_damage(text, len(text)):
        return False
    return text[-1] in "，、," or text[-1].isalnum()


def _starts_words(text: str) -> bool:
    if _touches_damage(text, 0) or is_date(text) or _LABEL.match(text) or is_recipients(text):
        return False
    return read_serial(text) is None and (text[0].isalnum() or text[0] in "“《（(—")


def _touches_damage(text: str, place: int) -> bool:
    return any(place in span for span, message in damaged_spans(text) if "网站" in message)


def report_open_ends(lines: list[Line], notes: Notes) -> None:
    """Name sentences that begin or end in the middle."""
    for line in lines:
        text = line.text
        if text[0] in "、，；。,;" or (text[0] in "：:" and len(text) > 1):
            notes.damaged(line.at, text[:8], "这一段的开头不完整", "请补上前面缺的文字")
        if _SENTENCE_END.search(text) and _ends_open(text):
            notes.damaged(line.at, text[-8:], "这一段的句子没有写完", "请补上后面缺的文字")
        elif (
            text.endswith(("…", "..."))
            and not is_outline_title(text)
            and not _touches_damage(text, len(text))
        ):
            notes.damaged(line.at, text[-8:], "这一段以省略号结尾，文字可能不全", "请对照原件补全")
