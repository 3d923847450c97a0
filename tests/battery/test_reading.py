"""Rows 1-51 of the fault table: what is wrong with a file is said at its place, with the mending, and mends.

Most rows are text cases (see `reading_case`); what text cannot show is below, a test a row.
"""

from __future__ import annotations

import errno
import os
import socket
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.battery.reading_case import Case, apply_advice, lay_out, problems_of, read_cases, unfold_marks
from zhibi.errors import Level, Problem, ReportError
from zhibi.model import Project, read_config
from zhibi.model.source import read_source
from zhibi.pipeline import check_report
from zhibi.reading.input_file import MAX_BYTES
from zhibi.reading.reader import MAX_NODES, parse_yaml

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = read_cases()
GOOD = "版本: 1\n模板: 文稿\n标题: 关于甲的通知\n正文: [请按时报送。]\n"
TABLE = "版本: 1\n模板: 文稿\n标题: 甲\n正文:\n  - 表:\n      栏: [序号, 乙]\n      行:\n"

NOT_RUN = {
    43: "nothing in a data file, plan or config can inherit from or include another, so no circle can be typed",
    45: "what figures add up to is no matter of reading: it is for rules on figures, which stage 6 has none of yet",
    48: "how punctuation is mixed is no matter of reading: it is for rules on wording, which stage 6 has none of yet",
}
BY_FUNCTION = {34, 35, 36}
"""Rows that no text case can show."""


def test_every_row_is_proved_or_named() -> None:
    proved = {case.row for case in CASES} | BY_FUNCTION
    assert proved.isdisjoint(NOT_RUN)
    assert sorted(proved | set(NOT_RUN)) == list(range(1, 52))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.row} {case.name}" for case in CASES])
def test_case(case: Case, tmp_path: Path) -> None:
    data = lay_out(case, tmp_path)
    passes, problems = problems_of(data)
    assert_said(case, passes, problems)
    if passes or "不改" in case.parts:
        return
    text = unfold_marks(case.parts["写的"])
    mended = case.parts.get("改成") or apply_advice(
        text, [one for one in problems if one.level is Level.ERROR]
    )
    assert mended != text or case.options, "no message shows how to mend this: write 改成"
    data.write_text(mended, encoding="utf-8")
    passes, problems = problems_of(data)
    assert passes, [str(problem) for problem in problems]


def assert_said(case: Case, passes: bool, problems: tuple[Problem, ...]) -> None:
    """Check that each wanted problem is said, in its words, and no other."""
    said = [str(problem) for problem in problems]
    wanted = case.wanted
    assert passes == all(not place.endswith("错误") for place, _ in wanted), said
    assert [problem.at for problem in problems] == sorted(problem.at for problem in problems)
    left = list(said)
    for place, words in wanted:
        found = [one for one in left if one.startswith(f"{place}：") and all(word in one for word in words)]
        assert found, f"not said: {place} {words}; left: {left}"
        left.remove(found[0])
    assert left == []
    assert all(problem.suggestion for problem in problems)


def test_a_text_that_goes_on_gets_no_blank(tmp_path: Path) -> None:
    """Row 33: what is printed of a folded text."""
    for text, wanted in (
        ("甲: 字 接字\n  接着", "字 接字接着"),
        ("甲: '汉''字\n\n  接着'", "汉'字\n接着"),
        ('甲: "汉\\"字\n  接\\\n  着"', '汉"字接着'),
        ("甲: >-\n  汉字\n    深\n  接\n  着", "汉字\n  深\n接着"),
        ("甲: [汉字\n  接着, 乙]", ["汉字接着", "乙"]),
    ):
        data, problems = parse_yaml(text, "甲.yaml")
        assert (data, problems) == ({"甲": wanted}, [])


def test_row_17_wide_and_long_files_end_soon(
    rounds: Callable[[int, int], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    most = rounds(10_000, MAX_NODES)
    monkeypatch.setattr("zhibi.reading.reader.MAX_NODES", most)
    for text, words in (
        ("甲:\n" + "- 乙\n" * most, f"超过 {most} 个键和值"),
        ("甲: [" + "," * 100_000, "不符合 YAML"),
        ("甲: " + "[" * 1_000_000, "嵌套"),
        ("甲: " + " " * 1_000_000 + "乙: " + " " * 1_000_000 + "#x", "特殊符号"),
        ("甲: " + "# " * 500_000 + "：：" * 100_000 + "\x00", "U+0000"),
        ('甲: "' + "\\" * 1_000_001, "引号"),
        ("- " * 500_000, "嵌套"),
        ("甲: >\n" + "  汉字\n    深\n" * 30_000 + "乙：丙", "全角"),
        ("".join(f"{' ' * (number % 900)}键{number}: '甲\n" for number in range(5_000)), "引号"),
    ):
        began = time.monotonic()
        _, problems = parse_yaml(text, "甲.yaml")
        assert time.monotonic() - began < 20
        assert any(words in problem.message for problem in problems), (text[:30], problems[:3])
        assert all(problem.at.line for problem in problems)


def test_row_17_many_unknown_keys_end_soon(tmp_path: Path) -> None:
    file = tmp_path / "甲.yaml"
    file.write_text(GOOD + "".join(f"键{number}: 乙\n" for number in range(20_000)), encoding="utf-8")
    began = time.monotonic()
    with pytest.raises(ReportError) as raised:
        read_source(file, Project(tmp_path, ROOT / "templates"))
    assert time.monotonic() - began < 30
    assert "这个文件还有 19000 个问题没有列出" in str(raised.value)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_row_34_names_are_found_in_any_unicode_form(tmp_path: Path) -> None:
    """A Mac writes é in two pieces; data, plan, config and template are found all the same."""
    folder = tmp_path / nfd("é夹")
    folder.mkdir()
    (folder / nfd("é数据.yaml")).write_text(GOOD.replace("标题", "计划: é计划.yaml\n标题"), encoding="utf-8")
    (folder / nfd("é计划.yaml")).write_text(
        "版本: 1\n名称: 计划\n年度: 2026\n任务: [{序号: 1, 内容: 甲, 责任单位: 乙}]\n", encoding="utf-8"
    )
    config = "版本: 1\n报告: [{名称: 甲, 数据: é夹/é数据.yaml}]\n"
    (tmp_path / "config.yaml").write_text(config, encoding="utf-8")
    project = Project(tmp_path, ROOT / "templates")
    (entry,) = read_config(tmp_path / "config.yaml", project).reports
    assert entry.data.is_file()
    assert check_report(entry.data, project).problems == ()
    assert check_report(tmp_path / "é夹" / "é数据.yaml", project).problems == ()


def test_row_34_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in ("é.yaml", nfd("é.yaml")):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    assert refusal(tmp_path / "é.yaml") == [
        "é.yaml:1:1 错误：有 2 个文件都叫这个名字，只是文字的编码方式不同，分不清用哪一个 —— 请把其中一个改名或移走"
    ]


def test_row_34_a_name_in_another_case_is_suggested(tmp_path: Path) -> None:
    (tmp_path / "Report.yaml").write_text(GOOD, encoding="utf-8")
    assert "您是不是想写“Report.yaml”？" in refusal(tmp_path / "report.yaml")[0]


def refusal(path: Path) -> list[str]:
    """Return what is said of a data file that cannot be read."""
    with pytest.raises(ReportError) as raised:
        read_source(path, Project(path.parent, ROOT / "templates"))
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("~$数据.yaml", "Word 或 WPS 打开文件时留下的临时文件"),
        (".~lock.数据.docx#", "Word 或 WPS 打开文件时留下的临时文件"),
        ("数据.yaml.bak", "备份文件"),
        ("数据.yaml~", "备份文件"),
        (".数据.yaml.swp", "备份文件"),
        (".DS_Store", "系统自己用的文件"),
        ("Thumbs.db", "系统自己用的文件"),
        ("desktop.ini", "系统自己用的文件"),
        ("数据.docx", "不是 YAML 数据文件"),
    ],
)
def test_row_35_files_that_are_no_data_are_named(name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    (said,) = refusal(tmp_path / name)
    assert said.startswith(f"{name}:1:1 错误：这是" if "不是" not in words else f"{name}:1:1 错误：")
    assert words in said


@pytest.mark.parametrize(
    "name",
    [
        *("数据 (1).yaml", "数据(1).yaml", "数据（2）.yaml", "数据 - 副本.yaml", "数据 - 副本 (2).yaml"),
        *(
            "数据 - Copy.yaml",
            "数据-冲突-张三.yaml",
            "数据 (张三的冲突副本 2026-10-08).yaml",
            "副本 数据.yaml",
        ),
        *("数据 (conflicted copy 2026-10-08).yaml", "数据-DESKTOP-AB12CD3.yaml", "复件 (2) 数据.yaml"),
    ],
)
def test_row_35_copies_beside_a_data_file_are_told(name: str, tmp_path: Path) -> None:
    for one in ("数据.yaml", name, "数据2.yaml", "大数据.yaml", "数据 (1).docx"):
        (tmp_path / one).write_text(GOOD, encoding="utf-8")
    (problem,) = check_report(tmp_path / "数据.yaml", Project(tmp_path, ROOT / "templates")).problems
    assert str(problem).startswith(f"数据.yaml:1:1 提醒：旁边有“{name}”")
    assert "请核对哪一份是最新的" in problem.suggestion


def test_row_35_what_a_mac_leaves_among_templates_is_no_template(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    for name in ("._文稿.jinja", "~$文稿.jinja", "文稿.jinja"):
        (tmp_path / "templates" / name).write_bytes((ROOT / "templates" / "文稿.jinja").read_bytes())
    (tmp_path / "甲.yaml").write_text(GOOD.replace("文稿", "没有的" * 1000), encoding="utf-8")
    with pytest.raises(ReportError) as raised:
        read_source(tmp_path / "甲.yaml", Project(tmp_path, tmp_path / "templates"))
    (problem,) = raised.value.problems
    assert problem.suggestion == "请写：模板: 文稿"
    assert len(problem.message) < 80


def test_a_data_file_is_read_and_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def count(text: str, shown: str, *rest: Any, **more: Any) -> Any:
        calls.append(shown)
        return parse_yaml(text, shown, *rest, **more)

    monkeypatch.setattr("zhibi.model.source.parse_once", count)
    (tmp_path / "甲.yaml").write_text(GOOD, encoding="utf-8")
    read_source(tmp_path / "甲.yaml", Project(tmp_path, ROOT / "templates"))
    assert calls == ["甲.yaml"]
    (tmp_path / "甲.yaml").write_text(GOOD.replace("模板: 文稿", '"\\u6a21板": 文稿'), encoding="utf-8")
    read_source(tmp_path / "甲.yaml", Project(tmp_path, ROOT / "templates"))
    assert calls == ["甲.yaml"] * 3, "a name that only the parser finds costs a second reading"


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def make_huge(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(2 * 1024**3)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (make_pipe, "这是管道，不是文件"),
        (make_socket, "套接字，不是文件"),
        (lambda path: path.symlink_to("/dev/zero"), "这是设备，不是文件"),
        (lambda path: path.symlink_to(path.name), "读不出这个文件（链接绕成了圈）"),
        (lambda path: path.symlink_to("没有这个文件"), "读不出这个文件（找不到）"),
        (lambda path: path.mkdir(), "这是一个文件夹"),
        (make_huge, "文件太大（超过 16 MB）"),
        (lambda path: path.write_bytes(b"#" * (MAX_BYTES + 1)), "文件太大（超过 16 MB）"),
    ],
    ids=["pipe", "socket", "device", "loop", "dangling", "folder", "2GB", "16MB"],
)
def test_row_36_what_is_no_readable_file_is_named(
    make: Callable[[Path], None], words: str, tmp_path: Path
) -> None:
    make(tmp_path / "数据.yaml")
    began = time.monotonic()
    (said,) = refusal(tmp_path / "数据.yaml")
    assert time.monotonic() - began < 2
    assert said.startswith("数据.yaml:1:1 错误：")
    assert words in said
    assert " —— 请" in said


def test_row_36_a_missing_file_and_names_of_no_system(tmp_path: Path) -> None:
    assert refusal(tmp_path / "没有.yaml") == ["没有.yaml 错误：找不到这个文件 —— 请检查文件名和所在文件夹"]
    (tmp_path / "数据.yaml").write_text(GOOD, encoding="utf-8")
    assert "您是不是想写“数据.yaml”？" in refusal(tmp_path / "数椐.yaml")[0]
    for name in ("甲\0.yaml", "甲" * 200 + ".yaml", "a" * 300 + ".yaml"):
        assert "找不到这个文件" in refusal(tmp_path / name)[0]


def test_row_36_no_right_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "数据.yaml").write_text(GOOD, encoding="utf-8")

    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("zhibi.reading.input_file.os.open", refuse)
    assert refusal(tmp_path / "数据.yaml") == [
        "数据.yaml:1:1 错误：读不出这个文件（没有权限） —— 请检查权限，或关闭占用它的程序"
    ]


def test_row_36_a_file_that_is_being_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read again when it changed meanwhile, and refused when it never rests."""
    file = tmp_path / "数据.yaml"
    file.write_text("版本: 1\n模板: 文", encoding="utf-8")
    real = os.fstat
    saves = iter((GOOD,))

    def save_meanwhile(handle: int) -> os.stat_result:
        before = real(handle)
        if text := next(saves, ""):
            file.write_text(text, encoding="utf-8")
        return before

    monkeypatch.setattr("zhibi.reading.input_file.os.fstat", save_meanwhile)
    assert check_report(file, Project(tmp_path, ROOT / "templates")).problems == ()
    saves = iter(GOOD + "#" * number for number in range(1, 99))
    assert refusal(file)[0] == "数据.yaml:1:1 错误：别的程序正在保存这个文件 —— 请等它存好再试"


def test_row_40_a_wrong_folder_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "2025年"
    folder.mkdir()
    sample = ROOT / "data" / "云川区科技局2026年第三季度重点工作完成情况.yaml"
    for file in (sample, ROOT / "data" / "云川区2026年重点工作计划.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    (problem,) = check_report(folder / sample.name, Project(tmp_path, ROOT / "templates")).problems
    assert "“年度”写的是 2026，文件夹的名称里是 2025" in problem.message
    assert problem.level is Level.ADVICE


def test_row_41_two_reports_of_one_name_or_file(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text(
        "版本: 1\n报告:\n  - {名称: 甲, 数据: 一.yaml}\n  - {名称: 甲, 数据: 一.yaml}\n", encoding="utf-8"
    )
    with pytest.raises(ReportError) as raised:
        read_config(config, Project(tmp_path, ROOT / "templates"))
    assert [str(problem) for problem in raised.value.problems] == [
        "config.yaml:4:10 错误：报告名称“甲”写了两次（第 3 行已有） —— 请改其中一个",
        "config.yaml:4:17 提醒：数据文件“一.yaml”写了两次（第 3 行已有） —— 请核对是不是漏改了其中一处",
    ]


def test_row_46_one_row_and_ten_thousand(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    file = tmp_path / "表.yaml"
    for rows, limit in ((1, 5), (rounds(1000, 10_000), 60)):
        lines = (f"        - {{序号: {number}, 乙: 某某某{number}}}\n" for number in range(1, rows + 1))
        file.write_text(TABLE + "".join(lines), encoding="utf-8")
        began = time.monotonic()
        source, problems = read_source(file, Project(tmp_path, ROOT / "templates"))
        assert time.monotonic() - began < limit
        assert problems == []
        assert len(source.data["正文"][0]["表"]["行"]) == rows


def test_row_50_a_wrong_config_tells_of_its_reports_too(tmp_path: Path) -> None:
    (tmp_path / "一.yaml").write_text(GOOD.replace("标题", "标提"), encoding="utf-8")
    config = tmp_path / "config.yaml"
    config.write_text(
        "版本: 1\n输岀: 成品\n报告:\n  - {名称: 甲, 数据: 一.yaml}\n  - {名称: 乙}\n", encoding="utf-8"
    )
    with pytest.raises(ReportError) as raised:
        read_config(config, Project(tmp_path, ROOT / "templates"))
    assert [str(problem).split(" —— ")[0] for problem in raised.value.problems] == [
        "config.yaml:2:1 错误：不认识“输岀”",
        "config.yaml:5:5 错误：缺少“数据”",
        "一.yaml:3:1 错误：不认识“标提”",
    ]


def test_advice_on_config_is_kept(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_bytes("版本: 1\n报告: [{名称: 甲, 数据: 一.yaml}]\n输出: 成品 #旧的\n".encode("gbk"))
    read = read_config(config, Project(tmp_path, ROOT / "templates"))
    assert [problem.at.line for problem in read.problems] == [1, 3]
    assert read.output == tmp_path / "成品"
