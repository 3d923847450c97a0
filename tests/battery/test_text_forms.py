"""Rows 60-64 of the fault table: endless words, markup of others, blanks, Unicode forms in both files."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pdfplumber

from tests.battery.printed import body, both_say, build
from zhibi.errors import Level
from zhibi.reading import parse_yaml

MARGIN = (210 - 26) / 25.4 * 72
"""The right edge of the type area in points."""

LOOK = "不影响生成；请核对这里印出来的字"


# Row 60: words that no line holds.


def test_a_word_that_no_line_holds_is_cut_at_the_margin(
    tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    length = rounds(600, 20_000)
    words = [(unit * length)[:length] for unit in ("a", "https://example.cn/?a=1&b=")]
    words += [unit * rounds(600, 2_000) for unit in ("甲", "1", "—", "（")]
    began = time.process_time()
    printed = build(tmp_path, body(*(f"'{word}'" for word in words)))
    assert time.process_time() - began < 60
    both_say(printed, *words)
    with pdfplumber.open(printed.pdf_file) as document:
        ends = [char["x1"] for page in document.pages for char in page.chars if char["text"].strip()]
    assert max(ends) < MARGIN + 1


# Rows 61 and 63: markup, fields and formulas of others.

LITERAL = (
    *(
        "<b>&\"'",
        "]]>",
        "<!-- -->",
        "&amp;&#65;",
        "{{ 年度 }}",
        "{% if 甲 %}",
        "{# 注 #}",
        "${x}",
        "$(x)",
        "`x`",
    ),
    *(
        "=SUM(A1:A2)",
        "{PAGE}",
        "{ TOC \\o }",
        "@甲",
        "+1",
        "-1+2",
        "\\n\\t",
        "%s %d",
        "**甲**",
        "# 甲",
        "::分页",
        "\\1;",
    ),
)


def test_markup_and_fields_are_printed_as_they_are(tmp_path: Path) -> None:
    quoted = ["'" + text.replace("'", "''") + "'" for text in LITERAL]
    cells = "".join(f"      - {{名: {text}}}\n" for text in quoted)
    printed = build(
        tmp_path,
        body(*quoted) + "  - 表:\n      栏: [名]\n      行:\n" + cells.replace("      -", "        -"),
    )
    both_say(printed, *LITERAL, "名", *LITERAL)
    with zipfile.ZipFile(printed.docx_file) as package:
        assert not {"fldSimple", "instrText"} & set(package.read("word/document.xml").decode().split("w:"))


# Row 62: blanks.


def test_blanks_have_one_documented_normalisation(tmp_path: Path) -> None:
    printed = build(
        tmp_path,
        '标题: "\\t关于甲 \\u3000"\n'
        + body(
            '" 甲\\t乙  丙\\u3000丁\\u00A0 "',
            '"\\n\\n甲\\n\\n  \\n乙\\n"',
            "|\n\n      丙\t\n      \u3000丁\n\n",
        )
        + "  - 表: {栏: [名], 行: [{名: ' 戊 '}]}\n",
    )
    both_say(printed, "关于甲", "甲 乙  丙\u3000丁", "甲", "乙", "丙", "丁", "名", "戊")
    assert printed.said == [f"甲.yaml:6:5 提醒：文字中间有制表符 U+0009，已换成空格 —— {LOOK}"]


def test_blanks_of_odd_widths_are_plain_ones(tmp_path: Path) -> None:
    printed = build(tmp_path, body("甲\u2009乙\u202f丙\u2003丁\u00a0戊\u3000己"))
    both_say(printed, "甲 乙 丙 丁\u00a0戊\u3000己")
    assert printed.said[0] == f"甲.yaml:5:6 提醒：这里有一个特殊空格 U+2009，已换成普通空格 —— {LOOK}"
    assert len(printed.said) == 3


# Row 64: Unicode forms.

FORMS = {
    "e\u0301": "é",
    "A\u030a": "Å",
    "か\u3099": "が",
    "\u1112\u1161\u11ab": "한",
    "\uf9b5": "\u4f8b",
    "\u212b": "Å",
    "\u2126": "Ω",
    "\u2f42": "\u6587",
}


def test_look_alikes_become_one_character(tmp_path: Path) -> None:
    escapes = ["".join(f"\\u{ord(char):04X}" for char in text) for text in FORMS]
    rows = [
        row for text, escape in zip(FORMS, escapes, strict=True) for row in (f"甲{text}", f'"乙{escape}"')
    ]
    printed = build(tmp_path, body(*rows))
    both_say(printed, *(row for text in FORMS.values() for row in (f"甲{text}", f"乙{text}")))
    for number, text in enumerate(FORMS):
        said = [parse_yaml(row, "甲.yaml")[1][0] for row in (f"值: 甲{text}", f'值: "乙{escapes[number]}"')]
        assert [(problem.at.column, problem.level) for problem in said] == [
            (5, Level.ADVICE),
            (4, Level.ADVICE),
        ]
        assert all(f"（U+{ord(FORMS[text]):04X}）" in problem.message for problem in said)
    assert all("提醒" in line and LOOK in line for line in printed.said)


def test_nothing_is_folded_that_looks_different(tmp_path: Path) -> None:
    kept = "①⑩㎡ｋｍ２：，ﾊﾟ½²™℃№Ⅳ㊣〇々㈠"
    printed = build(tmp_path, body(f"{kept}  # 校对:忽略 全角数字"))
    both_say(printed, kept)
    assert printed.said == []
