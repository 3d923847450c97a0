"""Rows 52-59 of the fault table: characters that a typed text may not hold, and those that are taken out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.battery.printed import body, both_say, build, refusal
from tests.test_cli import run
from zhibi.errors import Level
from zhibi.reading import parse_yaml

FROM_ELSEWHERE = "请删去它（多半是从别处粘贴带来的）"
LOOK = "不影响生成；请核对这里印出来的字"


# Rows 52 and 54: controls, line separators, noncharacters. Row 53: lone surrogates.

HIDDEN = "\x00\x01\x0b\x0c\x1f\x7f\x80\x85\x9f\u2028\u2029\ufff9\ufffe\uffff\ufdd0\U0001ffff\U000e0041"


@pytest.mark.parametrize("char", HIDDEN, ids=lambda char: f"{ord(char):04X}")
def test_controls_are_refused_where_they_stand(char: str, tmp_path: Path) -> None:
    wanted = f"甲.yaml:5:6 错误：这里有一个看不见的字符 U+{ord(char):04X} —— {FROM_ELSEWHERE}"
    assert refusal(tmp_path, body(f"甲{char}乙")) == [wanted]
    escape = f"\\U{ord(char):08X}"
    assert refusal(tmp_path, body(f'"甲{escape}乙"')) == [wanted.replace(":5:6", ":5:5")]


@pytest.mark.parametrize("escape", ["\\ud800", "\\uDFFF", "\\ud83d\\ude00"])
def test_a_lone_surrogate_is_refused(escape: str, tmp_path: Path) -> None:
    (said,) = refusal(tmp_path, body(f'"甲{escape}乙"'))
    assert said.startswith("甲.yaml:5:")
    assert "引号里的 \\u 后面不是一个字的编码 —— 请直接写出这个字；要写反斜杠，请用单引号" in said


def test_bytes_that_are_no_characters_are_refused(tmp_path: Path) -> None:
    (said,) = refusal(tmp_path, "正文: [甲\ud800乙\x00]\n".encode("utf-16-le", "surrogatepass"))
    assert said.startswith(
        "甲.yaml:4:3 错误：文件是 UTF-8 编码，但有 2 处坏字，这是第一处 —— 请重新输入这里的字"
    )


def test_the_command_line_refuses_with_exit_code_2_and_leaves_the_finished_file(tmp_path: Path) -> None:
    (tmp_path / "成品").mkdir()
    (tmp_path / "成品" / "值.docx").write_bytes(b"old")
    head = "版本: 1\n模板: 文稿\n文件名: 值\n"
    (tmp_path / "甲.yaml").write_text(head + body("甲\x0b乙"), encoding="utf-8")
    said = run(["甲.yaml", "--out", "成品"], tmp_path)
    assert said.code == 2
    assert f"甲.yaml:5:6 错误：这里有一个看不见的字符 U+000B —— {FROM_ELSEWHERE}" in said.err
    assert [path.read_bytes() for path in (tmp_path / "成品").glob("*.docx")] == [b"old"]


def test_all_problems_of_a_file_come_with_a_control(tmp_path: Path) -> None:
    said = refusal(tmp_path, f"标提: 乙\n主送机关：丙\n{body('甲' + chr(0x0B) + '乙')}")
    assert [line.partition(" ")[0] for line in said] == ["甲.yaml:4:1", "甲.yaml:5:5", "甲.yaml:7:6"]


def test_a_file_that_is_no_text_is_a_few_lines_not_a_thousand() -> None:
    data, problems = parse_yaml("\x01\x02\x03甲\n" * 1000, "甲.yaml")
    assert data is None
    assert len(problems) == 6
    assert "同样的情况还有 2995 处（第 2、3、4" in problems[-1].message


# Row 55: carriage returns.


def test_a_carriage_return_is_a_line_end_in_both_files(tmp_path: Path) -> None:
    printed = build(tmp_path, body('"甲\\r乙\\r\\n丙"'))
    both_say(printed, "甲", "乙", "丙")
    assert f"甲.yaml:5:5 提醒：这里有一个回车符 U+000D，已当作换行 —— {LOOK}" in printed.said


# Row 56: rare characters.


def test_rare_characters_are_printed_and_old_codes_put_right(tmp_path: Path) -> None:
    printed = build(tmp_path, body("𠮷野、镕、䶮、\U0002b6ad", "\ue81e\ue854", "\u9fb4\u9fb9"))
    both_say(printed, "𠮷野、镕、䶮、\U0002b6ad", "\u9fb4\u9fba", "\u9fb4\u9fb9")
    assert printed.said == [
        f"甲.yaml:6:5 提醒：这里的字用的是旧编码 U+E81E，已换成现行的“\u9fb4”（U+9FB4） —— {LOOK}",
        f"甲.yaml:6:6 提醒：这里的字用的是旧编码 U+E854，已换成现行的“\u9fba”（U+9FBA） —— {LOOK}",
    ]


PLACES = {
    "标题": ("标题: 关于□的通知\n正文: [文。]\n", 4, 7),
    "标题文字": ("正文:\n  - 标题: □\n", 5, 9),
    "格": ("正文:\n  - 表: {栏: [名], 行: [{名: □}]}\n", 5, 25),
    "表头": ("正文:\n  - 表: {栏: [{名: 甲, 题: □}], 行: [{甲: 乙}]}\n", 5, 23),
    "署名": ("正文: [文。]\n署名: 云川□局\n", 5, 7),
    "附注": ("正文: [文。]\n附注: （□）\n", 5, 6),
    "抄送": ("正文: [文。]\n版记:\n  抄送: □\n", 6, 7),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_private_character_is_refused_wherever_it_stands(place: str, tmp_path: Path) -> None:
    text, line, column = PLACES[place]
    assert refusal(tmp_path, text.replace("□", "\ue123")) == [
        f"甲.yaml:{line}:{column} 错误：这里有一个自造字 U+E123，换一台电脑就会变成别的字"
        " —— 请换成有正式编码的字；没有正式编码的，请换一种写法"
    ]


def test_a_private_character_of_the_config_is_refused(tmp_path: Path) -> None:
    (tmp_path / "甲.yaml").write_text("版本: 1\n模板: 文稿\n" + body("文。"), encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        "版本: 1\n报告:\n  - {名称: 甲\ue123, 数据: 甲.yaml}\n", encoding="utf-8"
    )
    said = run(["--config", "config.yaml"], tmp_path)
    assert said.code == 2
    assert "config.yaml:3:11 错误：这里有一个自造字 U+E123" in said.err


def test_a_character_without_a_glyph_names_every_line(tmp_path: Path) -> None:
    said = refusal(tmp_path, body("甲\U00030000", "乙", "丙\U00030000"))
    assert said == [
        "甲.yaml:5:5 错误：本机的字体里都没有“\U00030000”（U+30000）这个字，还在第 7 行"
        " —— 请换一种写法，或安装含有这个字的字体"
    ]


# Row 57: emoji, joiners, variation selectors, combining marks.


@pytest.mark.parametrize(
    "text", ["\U0001f469\u200d\U0001f469\u200d\U0001f467", "\U0001f600", "\U0001f1e8\U0001f1f3"]
)
def test_an_emoji_that_no_face_draws_is_refused(text: str, tmp_path: Path) -> None:
    said = [line for line in refusal(tmp_path, body(f"甲{text}乙")) if "错误" in line]
    wanted = dict.fromkeys(char for char in text if char != "\u200d")
    assert len(said) == len(wanted)
    assert all(line.startswith("甲.yaml:5:5 错误：本机的字体里都没有") for line in said)


def test_variation_selectors_are_taken_out_and_said(tmp_path: Path) -> None:
    selectors = ("\ufe00", "\ufe0e", "\ufe0f", "\U000e0100", "\U000e01ef")
    printed = build(tmp_path, body(*(f"甲★葛{selector}城" for selector in selectors)))
    both_say(printed, *(["甲★葛城"] * len(selectors)))
    assert [line.partition("，")[0] for line in printed.said] == [
        f"甲.yaml:{line}:8 提醒：这里有一个看不见的字符 U+{ord(selector):04X}"
        for line, selector in enumerate(selectors, 5)
    ]


@pytest.mark.parametrize("text", ["中\u0301", "m\u0304", "x\u20dd", "\u0301", "\u1112\u119e", "1\u20e3"])
def test_marks_that_would_stand_beside_their_letter_are_refused(text: str, tmp_path: Path) -> None:
    (said,) = refusal(tmp_path, body(f"甲乙{text}"))
    code = f"U+{ord(text[-1]):04X}"
    assert said.startswith(
        f"甲.yaml:5:{6 + len(text)} 错误：这里的附加符号与前面的字合不成一个字，印出来会分成两截："
    )
    assert code in said
    assert said.endswith("请换成一个完整的字，或换一种写法")


# Row 58: what nobody sees.

UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2064\u206a\u3164\ufeff\uffa0\u180e"


@pytest.mark.parametrize("char", UNSEEN, ids=lambda char: f"{ord(char):04X}")
def test_what_nobody_sees_is_taken_out_and_said(char: str, tmp_path: Path) -> None:
    data, problems = parse_yaml(
        f"甲: 乙{char}丙\n{char}丁: [戊, '{char}']\n{char * 2}己{char}:{char} 庚\n", "甲.yaml"
    )
    assert data == {"甲": "乙丙", "丁": ["戊", ""], "己": "庚"}
    places = [(problem.at.line, problem.at.column) for problem in problems]
    assert places[:5] == [(1, 5), (2, 1), (2, 10), (3, 1), (3, 2)]
    assert {problem.level for problem in problems} == {Level.ADVICE}
    assert all(f"U+{ord(char):04X}" in problem.message for problem in problems)
    assert "同样的情况还有 2 处（第 3 行）" in problems[-1].message
    assert (data["己"].at.line, data["己"].at.column) == (3, 8)
    assert data.place_of("丁").column == 2


def test_what_escapes_bring_in_is_said_at_the_value(tmp_path: Path) -> None:
    printed = build(tmp_path, body('"甲\\u200b乙\\uFEFF\\u200b"'))
    both_say(printed, "甲乙")
    assert [line.partition("，")[0] for line in printed.said] == [
        "甲.yaml:5:5 提醒：这里有一个看不见的字符 U+200B（零宽空格）",
        "甲.yaml:5:5 提醒：这里有一个看不见的字符 U+FEFF（字节序标记）",
    ]


def test_hundreds_of_them_are_a_few_lines(tmp_path: Path) -> None:
    printed = build(tmp_path, body(*(f"甲{chr(0x200B)}乙{number}" for number in range(300))))
    assert printed.paragraphs == [f"甲乙{number}" for number in range(300)]
    assert len(printed.said) == 6
    assert "同样的情况还有 295 处（第 10、11、12、" in printed.said[-1]


@pytest.mark.parametrize("value", ["\u200b#乙", "甲\u2009#乙", "甲 \u200b\u2060# 乙"])
def test_what_is_taken_out_never_makes_a_comment(value: str, tmp_path: Path) -> None:
    (said,) = refusal(tmp_path, body(value))
    assert said.startswith("甲.yaml:5:")
    assert "没有它，# 后面的字就成了注释 —— 请删去它；如果 # 后面是正文，请给整段文字加引号" in said
    both_say(build(tmp_path, body('"甲\\u200b#乙"', "甲\u200b#乙")), "甲#乙", "甲#乙")


def test_the_file_name_and_the_keys_are_free_of_them(tmp_path: Path) -> None:
    text = f"正{chr(0x200B)}文: [甲]\n标题: 关于\u200b甲\u00ad的通知\n"
    printed = build(tmp_path, text, "版本: 1\n模板: 文\ufeff稿\n")
    assert printed.docx_file.name == "关于甲的通知.docx"
    both_say(printed, "关于甲的通知", "甲")


@pytest.mark.parametrize(
    "char", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ids=lambda char: f"{ord(char):04X}"
)
def test_direction_overrides_are_refused(char: str, tmp_path: Path) -> None:
    wanted = (
        f"甲.yaml:5:6 错误：这里有一个看不见的字符 U+{ord(char):04X}，会改变文字的方向 —— {FROM_ELSEWHERE}"
    )
    assert refusal(tmp_path, body(f"甲{char}乙")) == [wanted]
    assert refusal(tmp_path, body(f"文  # 注{char}解")) == [wanted.replace(":5:6", ":5:11")]


# Row 59: scripts from right to left come out in the wrong order where words or letters are set apart.


@pytest.mark.parametrize("text", ["שלום", "مرحبا", "ئۇيغۇر", "\ufefb"])
def test_right_to_left_words_are_refused(text: str, tmp_path: Path) -> None:
    said = refusal(tmp_path, body(f"甲{text}乙"))
    assert said[0].startswith(f"甲.yaml:5:6 错误：“{text}”（U+{ord(text[0]):04X}")
    assert said[0].endswith("是从右往左写的文字，排出来次序会错 —— 请改用汉字或拉丁字母译写")
