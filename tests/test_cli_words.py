"""The words of the command line: what is typed wrong gets one line in Chinese that says how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhibi.cli import main

GOOD = "版本: 1\n模板: 文稿\n标题: 关于甲的通知\n正文: [请按时报送。]\n"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a config of three reports, in which the test stands."""
    for name in "甲乙丙":
        (tmp_path / f"{name}.yaml").write_text(GOOD.replace("甲", name), encoding="utf-8")
    rows = "".join(f"  - {{名称: {name}, 数据: {name}.yaml}}\n" for name in "甲乙丙")
    (tmp_path / "config.yaml").write_text(f"版本: 1\n输出: 成品\n报告:\n{rows}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--formt", "docx"], "命令行 错误：没有“--formt”这个选项 —— 您是不是想写 --format？"),
        (["--format", "doc"], "命令行 错误：--format 不会做“doc” —— 可以写：docx、pdf"),
        (["--format"], "命令行 错误：选项“--format”的写法不对：后面缺少内容"),
        (
            ["import"],
            "命令行 错误：命令后面还缺内容：文件.txt 或 文件.docx —— 请写成 python3 build.py import ",
        ),
        (
            ["measure"],
            "命令行 错误：命令后面还缺内容：文件.pdf 或 文件.docx —— 请写成 python3 build.py measure ",
        ),
        (["collect"], "命令行 错误：命令后面还缺内容：期次、收回的表.xlsx… —— "),
        (
            ["collect", "2026Q3"],
            "命令行 错误：命令后面还缺内容：收回的表.xlsx… —— "
            "请写成 python3 build.py collect 期次 收回的表.xlsx…，用 --help 查看写法",
        ),
        (["chek"], "命令行 错误：没有名叫“chek”的报告 —— 您是不是想写“check”？"),
        (["check", "wach"], "命令行 错误：没有名叫“wach”的报告 —— 可以写：甲、乙、丙"),
        (["list", "甲"], "命令行 错误：命令后面多写了“甲” —— 用 --help 查看写法"),
    ],
)
def test_wrong_words_get_a_chinese_answer(
    office: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with_config = arguments[0] in {"check", "list", "chek"}
    assert main([*arguments, *(["--config", "config.yaml"] if with_config else [])]) == 2
    said = capsys.readouterr().err
    assert said.startswith(words)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("旧文.docx", "这是 Word 文件 —— 请先 python3 build.py import 旧文.docx "),
        ("旧文.DOC", "这是旧格式的 Word 或 WPS 文件 —— 请先在 Word 或 WPS 里另存为 .docx"),
        ("台账.xlsx", "这是电子表格 —— 请把内容写进 YAML 数据文件的表里"),
        ("成品.pdf", "这是 PDF 文件 —— 请写数据文件，如 data/甲.yaml；"),
        ("——format", "没有名叫“——format”的报告 —— 选项前面要用两个半角减号：--format"),
        ("文件夹", "这是一个文件夹；请写出里面的数据文件"),
        ("假", "可以写：甲、乙、丙"),
    ],
)
def test_what_is_no_report_is_told_what_it_is(
    office: Path, name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "文件夹").mkdir()
    assert main([name, "--config", "config.yaml"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("命令行 错误：")
    assert words in said


def test_what_is_wrong_with_the_config_is_said_where_it_was_typed(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = office / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("数据: 乙.yaml", "数据: 没有.yaml")
    config.write_text(text, encoding="gb18030")
    assert main(["check", "乙", "--config", "config.yaml"]) == 2
    said = capsys.readouterr().err
    assert "config.yaml:1:1 提醒：文件是 GBK/GB18030 编码" in said
    assert "config.yaml:5:17 错误：数据“没有.yaml”：找不到这个文件 —— " in said
    (office / "成品").write_text("", encoding="utf-8")
    assert main(["甲", "--config", "config.yaml"]) == 3
    hint = "请移走，或改 config.yaml 的“输出”"
    assert (
        f"config.yaml:2:5 错误：“成品”是一个文件，成品要放进同名的文件夹 —— {hint}" in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    "arguments", [["--help"], ["build", "--help"], ["import", "--help"], ["schema", "--help"]]
)
def test_help_is_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert said.startswith("用法：")
    for english in ("Usage", "Options", "Show this", "Commands"):
        assert english not in said


def test_the_help_of_the_program_leads_to_the_options_of_the_build(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    for word in ("--format", "--out", "--jobs", "--force", "build --help"):
        assert word in said


def test_a_page_of_help_lists_options_among_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--help"]) == 0
    head, _, options = capsys.readouterr().out.partition("选项:\n")
    assert "[名称或数据文件]…" in head
    assert all(line.startswith("  --") for line in options.rstrip().split("\n"))
