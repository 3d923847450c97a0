"""What becomes of which characters: each rule with its words (Unicode 14, GB 18030-2022).

Four things can happen to a character, each said with its place and its code:

- refused: what no file may hold or a reader would be misled by (controls, lone surrogates, noncharacters,
  direction overrides, tags, private use), and what a setter of one character after another prints wrong
  (combining marks that belong to no composed character, right-to-left scripts, loose Korean jamo);
- taken out: what nobody sees (zero-width space, BOM within a text, soft hyphen, joiners, direction marks,
  variation selectors). No emoji and no script that needs a joiner can be set, so none is kept for them;
- put right: blanks of odd widths, radicals and old private codes for the characters they show;
- composed: Unicode form NFC, so that what looks alike is alike and is found. Never NFKC: ① stays ①.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from zhibi.errors import Level

_FROM_ELSEWHERE = "请删去它（多半是从别处粘贴带来的）"
_LOOK = "不影响生成；请核对这里印出来的字"


def _ranges(holds: Callable[[str], bool]) -> str:
    """Return the characters of the first two planes that `holds` is true of, as ranges of a regular expression."""
    codes = enumerate(code for code in range(0x20000) if holds(chr(code)))
    runs = [[code for _, code in run] for _, run in groupby(codes, key=lambda pair: pair[1] - pair[0])]
    return "".join(f"\\U{run[0]:08x}-\\U{run[-1]:08x}" for run in runs)


_ENDS_OF_PLANES = "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(0x11))
_MARKS = "{marks}"
"""Stands in a rule for what belongs to the character before it; which these are is worked out when an odd text is met."""


@cache
def _marks() -> str:
    """Return combining marks and the vowels and tails of Korean syllables."""
    return _ranges(lambda char: unicodedata.category(char)[0] == "M") + "\u1161-\u11ff\ud7b0-\ud7ff"


_RTL = "\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
_OLD_CODES = str.maketrans(
    dict(zip(range(0xE78D, 0xE797), "︐︒︑︓︔︕︖︗︘︙", strict=True))
    | dict(
        zip(
            (0xE81E, 0xE826, 0xE82B, 0xE82C, 0xE832, 0xE843, 0xE854, 0xE864),
            map(chr, range(0x9FB4, 0x9FBC)),
            strict=True,
        )
    )
    | dict(
        zip(
            (0xE816, 0xE817, 0xE818, 0xE831, 0xE83B, 0xE855),
            "\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe",
            strict=True,
        )
    )
)
"""Private codes of GB 18030-2000 and 2005 -> the characters they stood for."""

NAMES = {
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u2060": "单词连接符",
    "\u3164": "韩文填充符",
    "\uffa0": "韩文填充符",
    "\ufffc": "图片占位符",
    "\ufeff": "字节序标记",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of characters: what becomes of them and what is said; {old} and {new} name characters."""

    characters: str
    change: Callable[[str], str]
    message: str
    suggestion: str
    level: Level = Level.ADVICE

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return what finds the places of this kind."""
        return _compiled(self.characters)


def _compiled(characters: str) -> re.Pattern[str]:
    return re.compile(characters.replace(_MARKS, _marks()) if _MARKS in characters else characters)


def _gone(_: str) -> str:
    return ""


def _held(_: str) -> str:
    """Hold the place of what is refused, so that reading on finds the other problems of the file."""
    return "□"


HIDDEN = Rule(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\u2028\u2029\\ud800-\\udfff\ufff9-\ufffc\ufdd0-\ufdef"
    f"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff{_ENDS_OF_PLANES}]",
    _gone,
    "这里有一个看不见的字符{old}",
    _FROM_ELSEWHERE,
    Level.ERROR,
)
_TURNED = Rule(
    "[\u202a-\u202e\u2066-\u2069]",
    _gone,
    "这里有一个看不见的字符{old}，会改变文字的方向",
    _FROM_ELSEWHERE,
    Level.ERROR,
)
_OLD = Rule(
    f"[{''.join(map(chr, _OLD_CODES))}]",
    lambda old: old.translate(_OLD_CODES),
    "这里的字用的是旧编码{old}，已换成现行的{new}",
    _LOOK,
)
_PRIVATE = Rule(
    "[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]",
    _held,
    "这里有一个自造字{old}，换一台电脑就会变成别的字",
    "请换成有正式编码的字；没有正式编码的，请换一种写法",
    Level.ERROR,
)
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0100-\U000e01ef"
)
_ODD_BLANKS = "\u1680\u2000-\u200a\u202f\u205f"
ALL_BLANKS = " \t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""Every blank that may look like indentation."""
_TAKEN_OUT = Rule(
    f"[{_UNSEEN}]",
    _gone,
    "这里有一个看不见的字符{old}，已去掉",
    "不影响生成；要让这条提醒不再出现，请在原处删去它",
)
_BLANKS = Rule(f"[{_ODD_BLANKS}]", lambda _: " ", "这里有一个特殊空格{old}，已换成普通空格", _LOOK)
BEFORE_HASH = Rule(
    f"(?:(?<!\\S)[{_UNSEEN}]|[{_ODD_BLANKS}])[{_UNSEEN}{_ODD_BLANKS}]*(?=#)",
    _held,
    "# 前面有看不见的字符{old}，没有它，# 后面的字就成了注释",
    "请删去它；如果 # 后面是正文，请给整段文字加引号",
    Level.ERROR,
)
"""In a YAML file only: what is taken out before # would take the words after it along."""
_RADICALS = Rule(
    "[\u2f00-\u2fd5\u2e9f\u2ef3]",
    lambda old: unicodedata.normalize("NFKC", old),
    "这里的字用的是部首的编码{old}，已换成汉字{new}",
    _LOOK,
)
_COMPOSED = Rule(
    f"[^{_MARKS}]?[{_MARKS}]+|[^\\x00-\\xff]",
    lambda old: unicodedata.normalize("NFC", old),
    "这里的字写成了{old}，已换成通行的{new}",
    _LOOK,
)
_LEFTWARD = Rule(
    f"[{_RTL}]+",
    _held,
    "{old}是从右往左写的文字，排出来次序会错",
    "请改用汉字或拉丁字母译写",
    Level.ERROR,
)
_LOOSE = Rule(
    f"[{_MARKS}]",
    _held,
    "这里的附加符号与前面的字合不成一个字，印出来会分成两截：{old}",
    "请换成一个完整的字，或换一种写法",
    Level.ERROR,
)
_BEFORE = (HIDDEN, _TURNED, _OLD, _PRIVATE, _TAKEN_OUT, _BLANKS, _RADICALS)
_AFTER = (_LEFTWARD, _LOOSE)
RULES = (*_BEFORE, _COMPOSED, *_AFTER)
RETURN = Rule("\r\n?", lambda _: "\n", "这里有一个回车符{old}，已当作换行", _LOOK)
TAB = Rule(
    r"(?<=\S)[^\S\n]*\t[^\S\n]*(?=\S)",
    lambda old: old.replace("\t", " "),
    "文字中间有制表符 U+0009，已换成空格",
    _LOOK,
)
USUAL = re.compile("[\n -~·—‘-”…℃①-⑳、。《-】〔〕\u4e00-\u9fff，：；（）％]+")
"""Runs of what nearly all texts are made of and no rule is about; they are passed over before `odd` searches."""


@cache
def odd() -> re.Pattern[str]:
    """Return what keeps a text from being clean; what else is to be composed, Unicode's own quick check finds."""
    return _compiled("|".join(rule.characters for rule in (*_BEFORE, *_AFTER)))
