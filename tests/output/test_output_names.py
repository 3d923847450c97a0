"""Names: the same on every system, never a way out of the folder, and said when they are not what was asked."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibi.errors import Level, Location
from zhibi.output import name_problems, safe_stem
from zhibi.output.names import MAX_NAME_BYTES, folded, split

AT = Location("data/a.yaml", 3, 5)


@pytest.mark.parametrize(
    ("asked", "stem"),
    [
        ("通知", "通知"),
        ('<>:"/\\|?*', "＜＞：＂／＼｜？＊"),
        ("../../etc/passwd", "／..／etc／passwd"),
        ("C:\\成品", "C：＼成品"),
        ("\\\\server\\share", "＼＼server＼share"),
        ("%2e%2e%2f", "%2e%2e%2f"),
        ("通知. .", "通知"),
        (" .通知", "通知"),
        ("a\x00b\x1fc\x7fd\ne", "abcde"),
        ("坏\ud800字", "坏字"),
        ("...", "未命名"),
        ("", "未命名"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Aux .表", "_Aux .表"),
        ("CONIN$", "_CONIN$"),
        ("com1", "_com1"),
        ("LPT9", "_LPT9"),
        ("COM¹", "_COM¹"),
        ("CONTROL", "CONTROL"),
        ("COM10", "COM10"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_a_name_that_every_system_takes(asked: str, stem: str) -> None:
    assert safe_stem(asked) == stem


def test_a_long_name_keeps_its_beginning_and_a_digest() -> None:
    one, other = safe_stem("关于" * 50 + "甲"), safe_stem("关于" * 50 + "乙")
    assert one != other
    assert one.startswith("关于关于")
    assert MAX_NAME_BYTES - 3 <= len(one.encode()) <= MAX_NAME_BYTES
    assert safe_stem("长" * 66 + "ab") == "长" * 66 + "ab"
    assert safe_stem("长" * 66 + "abc") != "长" * 66 + "abc"


@given(st.text(st.characters(codec=None), max_size=300))
def test_a_safe_name_is_safe_again(asked: str) -> None:
    stem = safe_stem(asked)
    assert safe_stem(stem) == stem
    assert 0 < len(stem.encode()) <= MAX_NAME_BYTES
    assert not set(stem) & set('<>:"/\\|?*\0\n')


@given(st.text(max_size=80))
def test_a_changed_name_is_said_and_no_other(asked: str) -> None:
    wanted = unicodedata.normalize("NFC", asked.replace("\n", "").replace("\r", ""))
    assert bool(name_problems(asked, AT)) == (safe_stem(asked) != wanted)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("甲/乙?", ("/ ?", "全角", "存成“甲／乙？”")),
        ("甲\x0b乙", ("U+000B", "甲□乙", "存成“甲乙”")),
        ("甲.", ("首尾的空格或句点", "存成“甲”")),
        ("CON", ("Windows 保留", "存成“_CON”")),
        ("?", ("? 不能用", "存成“？”")),
        ("..", ("没有可用的字", "存成“未命名”")),
        ("关于" * 60, ("太长（120 个字），缩短了", "……")),
    ],
)
def test_what_was_changed_is_said(asked: str, words: tuple[str, ...]) -> None:
    (problem,) = name_problems(asked, AT)
    assert problem.level is Level.ADVICE
    assert problem.at == AT
    assert "文件名" in problem.suggestion
    for word in words:
        assert word in problem.message
    assert len(str(problem)) < 200
    assert "\x0b" not in problem.message


def test_only_what_was_changed_is_said() -> None:
    (problem,) = name_problems("甲/乙", AT)
    assert problem.message == "文件名“甲/乙”里的 / 不能用，改成了全角，存成“甲／乙”"


def test_line_ends_of_a_title_and_composed_letters_go_unsaid() -> None:
    assert name_problems("关于\n通知", AT) == []
    assert name_problems("cafe\u0301", AT) == []


def test_names_that_are_one_on_windows_and_macos() -> None:
    assert folded("ABC.DOCX") == folded("abc.docx")
    assert folded("cafe\u0301") == folded("CAF\u00c9")
    assert folded("甲") != folded("乙")


@pytest.mark.parametrize(
    ("name", "parts"),
    [("甲.docx", ("甲", ".docx")), ("a.b.pdf", ("a.b", ".pdf")), ("甲", ("甲", "")), (".x", (".x", ""))],
)
def test_split(name: str, parts: tuple[str, str]) -> None:
    assert split(name) == parts
