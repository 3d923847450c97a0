"""Runs that change nothing say the same at once; whatever a paper is made from brings it up to date again."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_cli import Said, run

ROOT = Path(__file__).resolve().parents[2]
PLAN = """\
版本: 1
名称: 云川区2026年重点工作计划
年度: 2026
任务:
  - {序号: 1, 内容: 建设研发机构。, 责任单位: 区科技局}
"""
QUARTER = """\
版本: 1
模板: 表
年度: 2026
季度: 3
单位: 区科技局
计划: 计划.yaml
进展:
  1: {完成情况: 已建成3家。}
"""
PAPER = "版本: 1\n模板: 文稿\n标题: 关于报送的通知\n正文:\n  - 请各单位按时报送材料。\n"
CONFIG = """\
版本: 1
输出: 成品
格式: [docx]
报告:
  - {名称: 通知, 数据: data/通知.yaml}
  - {名称: 季表, 数据: data/季表.yaml}
"""
SAME = "没有变化，不用重做"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    for name, text in (
        ("通知", PAPER),
        ("计划", PLAN),
        ("季表", QUARTER.replace("模板: 表", "模板: 区级季度完成情况")),
    ):
        (tmp_path / "data" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def build(office: Path, *words: str) -> Said:
    return run(["--config", "config.yaml", *words], office)


def made(said: Said) -> list[str]:
    """Return the reports that were made, not left as they were."""
    heads = [line for line in said.out.splitlines() if line.startswith("[")]
    return [line.split("] ")[1].split(" ")[0] for line in heads if SAME not in line]


def stamps(office: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (office / "成品").glob("*.docx")}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_run_says_the_same_and_touches_nothing(office: Path) -> None:
    first = build(office)
    before = stamps(office)
    assert (first.code, made(first)) == (0, ["通知", "季表"])
    second, third = build(office), build(office)
    assert (second.code, made(second), second.out.count(SAME)) == (0, [], 3)
    assert second == third
    assert second.err == first.err
    assert second.out.splitlines()[2:] == first.out.replace("生成 2 份。", f"2 份{SAME}。").splitlines()[2:]
    assert stamps(office) == before
    log = (office / "成品" / ".执笔" / "运行记录.txt").read_text(encoding="utf-8")
    assert log.splitlines()[-1].endswith("开始：--config config.yaml；没有变化，不用重做；退出码 0")


def test_json_and_advice_are_said_again(office: Path) -> None:
    edit(office / "data" / "通知.yaml", "按时报送", "按时,报送")
    first, second = build(office, "--json"), build(office, "--json")
    assert first.code == second.code == 0
    assert json.loads(first.out)["problems"] != []
    assert json.loads(second.out) == json.loads(first.out)


CHANGES: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "数据": (lambda at: edit(at / "data" / "通知.yaml", "材料", "报告"), ["通知"]),
    "计划": (lambda at: edit(at / "data" / "计划.yaml", "建设研发机构", "新建研发机构"), ["季表"]),
    "配置里无关的": (lambda at: edit(at / "config.yaml", "报告:\n", "# 注\n报告:\n"), []),
    "版式": (lambda at: edit(at / "config.yaml", "报告:\n", "版式: {行距: 27}\n报告:\n"), ["通知", "季表"]),
    "不查的规则": (lambda at: edit(at / "config.yaml", "报告:\n", "校对: {忽略: [长句]}\n报告:\n"), ["通知", "季表"]),
    "词表": (
        lambda at: (at / "data" / "校对.yaml").write_text(
            "版本: 1\n易混词:\n  - {错: 报送材料, 对: 报送资料}\n", encoding="utf-8"
        ) and None,
        ["通知", "季表"],
    ),
    "成品没了": (lambda at: next((at / "成品").glob("*通知*.docx")).unlink(), ["通知"]),
    "成品改了": (lambda at: next((at / "成品").glob("*通知*.docx")).write_bytes(b"PK"), ["通知"]),
    "来了别的数据": (lambda at: shutil.copy(at / "data" / "计划.yaml", at / "data" / "明年的计划表.yaml") and None, []),
    "来了文件夹": (lambda at: (at / "data" / "备份").mkdir(), []),
    "来了副本": (lambda at: shutil.copy(at / "data" / "计划.yaml", at / "data" / "计划 (2).yaml") and None, ["季表"]),
    "来了模板": (lambda at: (at / "data" / "新的.jinja").write_text("", encoding="utf-8") and None, []),
    "上次没做完": (
        lambda at: (at / "成品" / ".执笔" / "0.tmp").write_bytes(b"")
        or edit(at / "data" / "通知.yaml", "材料", "报告"),
        ["通知"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_only_what_a_change_touches_is_made_again(office: Path, change: str) -> None:
    assert made(build(office)) == ["通知", "季表"]
    work, touched = CHANGES[change]
    work(office)
    said = build(office)
    assert (said.code, made(said)) == (0, touched), said.err
    assert change != "上次没做完" or not (office / "成品" / ".执笔" / "0.tmp").exists()
    again = build(office)
    assert (again.code, made(again)) == (0, [])


def test_a_word_list_that_comes_counts_for_a_paper_that_lies_elsewhere(office: Path) -> None:
    paper = office / "来文" / "通知.yaml"
    paper.parent.mkdir()
    paper.write_text(PAPER, encoding="utf-8")
    (office / "data" / "计划.yaml").unlink()
    edit(office / "config.yaml", "data/通知.yaml", "来文/通知.yaml")
    edit(office / "config.yaml", "  - {名称: 季表, 数据: data/季表.yaml}\n", "")
    assert made(build(office)) == ["通知"]
    assert made(build(office)) == []
    words = "版本: 1\n易混词:\n  - {错: 报送材料, 对: 报送资料}\n"
    (office / "data" / "校对.yaml").write_text(words, encoding="utf-8")
    said = build(office)
    assert made(said) == ["通知"]
    assert "报送资料" in said.err


def test_a_template_a_picture_and_another_date_count_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "执笔"
    program.mkdir()
    for name in ("zhibi", "templates"):
        shutil.copytree(ROOT / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", program)
    (program / ".venv").symlink_to(ROOT / ".venv")
    (program / "data").mkdir()
    (program / "data" / "通知.yaml").write_text(PAPER, encoding="utf-8")
    (program / "config.yaml").write_text(
        CONFIG.replace("  - {名称: 季表, 数据: data/季表.yaml}\n", ""), encoding="utf-8"
    )

    def again() -> list[str]:
        return made(run_in(program))

    assert again() == ["通知"]
    assert again() == []
    shutil.copy(program / "templates" / "印发通知.jinja", program / "templates" / "另一种.jinja")
    (program / "templates" / "说明.txt").write_text("无关", encoding="utf-8")
    assert again() == []
    edit(program / "templates" / "文稿.jinja", "::正文", "\n::正文")
    assert again() == ["通知"]
    edit(program / "zhibi" / "__init__.py", "0.1.0", "0.1.1")
    assert again() == ["通知"]
    assert again() == []
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert again() == ["通知"]


def run_in(program: Path) -> Said:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "build.py"], cwd=program, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_that_leads_elsewhere_is_a_change(office: Path) -> None:
    data = office / "data"
    for name, plan in (("甲", PLAN), ("乙", PLAN.replace("建设", "新建"))):
        (office / name).mkdir()
        (office / name / "计划.yaml").write_text(plan, encoding="utf-8")
    text = (data / "季表.yaml").read_text(encoding="utf-8")
    (office / "甲" / "季表.yaml").write_text(text, encoding="utf-8")
    (office / "乙" / "季表.yaml").symlink_to("../甲/季表.yaml")
    edit(office / "config.yaml", "data/季表", "甲/季表")
    for number in (1, 2):
        shutil.copy(ROOT / "data" / "图片" / "示意图.png", data / f"{number}.png")
    with (data / "2.png").open("ab") as image:
        image.write(b"\0")
    (data / "图.png").symlink_to("1.png")
    edit(data / "通知.yaml", "材料。", "材料。\n  - {图: 图.png, 说明: 示意}")
    assert made(build(office)) == ["通知", "季表"]
    (data / "图.png").unlink()
    (data / "图.png").symlink_to("2.png")
    assert made(build(office)) == ["通知"]
    edit(office / "config.yaml", "甲/季表", "乙/季表")
    assert made(build(office)) == ["季表"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_two_links_to_one_data_file_are_two_reports_where_their_plans_may_differ(office: Path) -> None:
    shutil.copytree(office / "data", office / "乙")
    (office / "乙" / "季表.yaml").unlink()
    (office / "乙" / "季表.yaml").symlink_to("../data/季表.yaml")
    edit(office / "乙" / "计划.yaml", "建设", "新建")
    said = build(office, "data/季表.yaml", "乙/季表.yaml")
    assert (said.code, said.err.count("的文件名相同")) == (2, 2)
    assert not list((office / "成品").glob("*.docx"))
    (office / "data" / "又名.yaml").symlink_to("季表.yaml")
    said = build(office, "data/季表.yaml", "data/又名.yaml")
    assert (said.code, made(said)) == (0, ["季表", "又名"])


def test_force_makes_all_and_one_report_alone_knows_what_the_others_know(office: Path) -> None:
    build(office)
    assert made(build(office, "--force")) == ["通知", "季表"]
    assert made(build(office, "通知")) == []
    edit(office / "data" / "通知.yaml", "材料", "报告")
    assert made(build(office, "通知")) == ["通知"]
    assert made(build(office)) == []


def test_a_report_with_errors_is_told_of_each_time(office: Path) -> None:
    edit(office / "data" / "通知.yaml", "标题:", "标提:")
    first, second = build(office), build(office)
    assert (first.code, second.code) == (1, 1)
    assert "标提" in first.err
    assert second.err == first.err
    assert made(second) == ["通知"]
    assert "没有生成" in second.out


@pytest.mark.parametrize("states", [[], {"甲": []}, {"甲": 5}, None])
def test_a_record_of_another_shape_is_none(
    states: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhibi.freshness import runs
    from zhibi.freshness.states import engine

    monkeypatch.setenv("ZHIBI_CACHE", str(tmp_path))
    record = {"version": runs._VERSION, "engine": engine(), "states": states, "said": [], "log": ["", ""]}
    runs.keep_record(runs._path(["甲"]), {**record, "states": {}})
    assert runs.replay(["甲"], lambda *_: None)
    Path(runs._path(["甲"])).write_text(json.dumps(record), encoding="utf-8")
    assert not runs.replay(["甲"], lambda *_: None)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"version": 1}', "\0\0"])
def test_a_damaged_record_costs_a_build_and_no_more(
    office: Path, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "缓存"
    monkeypatch.setenv("ZHIBI_CACHE", str(cache))
    build(office)
    files = list(cache.rglob("*.json"))
    assert len(files) == 2
    for path in files:
        path.write_text(damage, encoding="utf-8")
    said = build(office)
    assert (said.code, made(said)) == (0, ["通知", "季表"])
    assert made(build(office)) == []


@pytest.mark.parametrize(
    ("old", "new"), [('"stem"', '"stam"'), ('"outcome": {', '"outcome": {"a": 1, '), ("运行记录", "\\u0000")]
)
def test_a_record_that_says_other_than_was_written_is_none(
    office: Path, old: str, new: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHIBI_CACHE", str(tmp_path / "缓存"))
    build(office)
    build(office)
    before = {path: path.read_text(encoding="utf-8") for path in (tmp_path / "缓存").rglob("*.json")}
    for path, text in before.items():
        path.write_text(text.replace(old, new), encoding="utf-8")
    assert {path.read_text(encoding="utf-8") for path in before} != set(before.values())
    for words in ((), ("--format", "docx")):  # What is known of the run, and of each report.
        said = build(office, *words)
        assert (said.code, said.err) == (0, "")


def test_without_a_place_for_records_everything_is_made(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "缓存").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("ZHIBI_CACHE", str(tmp_path / "缓存"))
    assert [made(build(office)) for _ in range(2)] == [["通知", "季表"]] * 2


def test_records_do_not_pile_up(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhibi.freshness.runs import KEPT, keep_record

    for number in range(KEPT + 5):
        keep_record(str(tmp_path / "runs" / f"{number}.json"), {})
        os.utime(tmp_path / "runs" / f"{number}.json", (number, number))
    assert len(list((tmp_path / "runs").iterdir())) == KEPT


def test_a_record_for_which_there_is_no_room_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhibi.freshness.runs import keep_record

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)  # Some disks tell so only when a file is closed.
    with pytest.raises(OSError, match="No space"):
        keep_record(str(tmp_path / "runs" / "甲.json"), {})
    assert list((tmp_path / "runs").iterdir()) == []
