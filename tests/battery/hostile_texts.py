"""Values over a hostile alphabet, how they are typed, and what may happen to them, written a second time."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence

import yaml

TRAPS = (
    *(
        "007",
        "08",
        "0x1F",
        "0o7",
        "1_000",
        "1,000",
        "１０００",
        "12:30",
        "12:30:45",
        "yes",
        "NO",
        "on",
        "off",
        "y",
    ),
    *("1.10", "1e3", "12e03", ".5", "1.", ".nan", "-.inf", "-0", "2026-09-30", "2026-13-45", "2026-9-30"),
    *(
        "5%",
        "５％",
        "~",
        "null",
        "Null",
        "true",
        "True",
        "=",
        "<<",
        "!",
        "-",
        "?",
        "---",
        "...",
        "0b101",
        "+1",
    ),
    *(
        "9" * 400,
        "=SUM(A1)",
        "{PAGE}",
        "@甲",
        "<b>&\"'",
        "]]>",
        "{{ 年度 }}",
        "{% if %}",
        "${x}",
        "\\1;",
        "# 甲",
        "&#65;",
    ),
)
"""What YAML, Jinja2, Word or HTML read as something else."""

HAN = "云川区科技创新重点任务落实年度工作总结报告推进平台建设的一是在不了有和人这中大为上个国"
SIGNS = "，。、；：？！“”‘’（）《》〈〉【】〔〕—…·％℃№①⑩㎡≥±×→★●□※￥　"
MARKUP = "#*-_~`|<>&\"'{}[]()\\/%$@!?:;,.=+^"
RARE = "镕喆堃䶮㛃𠮷𠀋𪚥々〇ㄅあア한글ǎéñüßŁΩЖя½²™€"
NOTICED = (
    "\u200b\u200c\u200d\u200e\ufeff\u00ad\u2060\u2009\u202f\u3000\u00a0例凉⽂⼯\ue81e\u212b\ufe0f\U000e0100"
)
COMBINED = ("e\u0301", "A\u030a", "か\u3099", "\u1112\u1161\u11ab", "n\u0303")
REFUSED = "\u202e\u2067\x00\x07\x0b\x85\u2028\ufffe\ue123\u05d0\u0627\u0301\U000e0041\U00030000😀👨"
ENDS = (" ", "\t", "　", "\u00a0")

TAKEN_OUT = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0100-\U000e01ef]"
)


def documented(value: str) -> str:
    """Return a value after what is said to happen to it, each time with a notice."""
    value = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\ue81e", "\u9fb4")
    value = re.sub("[\u1680\u2000-\u200a\u202f\u205f]", " ", TAKEN_OUT.sub("", value))
    value = re.sub("[\u2f00-\u2fd5]", lambda found: unicodedata.normalize("NFKC", found[0]), value)
    return unicodedata.normalize("NFC", value)


def lines_of(value: str) -> list[str]:
    """Return the lines of a value without the blanks at their ends, and without the empty ones."""
    return [line for line in (line.strip(" \t\u3000\u00a0") for line in value.split("\n")) if line]


def random_value(dice: random.Random) -> str:
    if dice.random() < 0.08:
        return dice.choice(TRAPS)
    kinds: list[Sequence[str]] = [HAN, HAN, SIGNS, "0123456789", "abcXYZ ", MARKUP, RARE]
    odd = dice.random()
    if odd < 0.12:
        kinds += [NOTICED, COMBINED]
    elif odd < 0.2:
        kinds += [REFUSED]
    elif odd < 0.3:
        kinds += [[chr(dice.choice((dice.randrange(0x3000), dice.randrange(0x33480)))) for _ in range(2)]]
    text = "".join(dice.choice(dice.choice(kinds)) for _ in range(dice.randint(1, 24)))
    if dice.random() < 0.1:
        text = dice.choice(ENDS) + text + dice.choice(ENDS)
    if dice.random() < 0.05:
        text = dice.choice(("\n", "\n\n", "\r\n", "\t", " \t ")).join((text, dice.choice(HAN)))
    return text if lines_of(documented(text)) else "甲" + text


def typed(value: str, dice: random.Random) -> str:
    """Return YAML for a value: plain where that says the same, quoted in one way or the other, or a block."""
    ways: list[Callable[[], str]] = [lambda: _double(value, dice)]
    if not re.search("[\n\r\ud800-\udfff\u0085\u2028\u2029\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]", value):
        ways.append(lambda: "'" + value.replace("'", "''") + "'")
        if _is_plain(value):
            ways += [lambda: value] * 3
        if value == value.strip() and value.strip("\u3000\u00a0\ufeff"):
            ways.append(lambda: f"|-\n            {value}")
    return dice.choice(ways)()


def _is_plain(value: str) -> bool:
    try:
        return bool(yaml.load(f"甲: {value}\n", Loader=yaml.BaseLoader) == {"甲": value})
    except (yaml.YAMLError, ValueError):
        return False


def _double(value: str, dice: random.Random) -> str:
    escaping = dice.random() < 0.5
    return (
        '"'
        + "".join(
            _escaped(char) if _must(char) or (escaping and dice.random() < 0.3) else char for char in value
        )
        + '"'
    )


def _must(char: str) -> bool:
    return (
        char in '"\\'
        or unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
        or ord(char) & 0xFFFE == 0xFFFE
    )


def _escaped(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    code = ord(char)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
