"""The command line as a clerk and a scheduler meet it: exit codes, words, files, JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.output.conftest import word_owner
from zhibi.cli.held import Outcome, as_json, lines
from zhibi.font_verdict import stand_in
from zhibi.styles import STANDARD

ROOT = Path(__file__).resolve().parent.parent
GOOD = "版本: 1\n模板: 文稿\n标题: 关于甲的通知\n正文: [请按时报送。]\n"
BAD = "版本: 1\n模板: 文稿\n标提: 乙\n正文: [请按时报送。]\n"


@dataclass(frozen=True)
class Said:
    """What a run said."""

    code: int
    out: str
    err: str


def run(arguments: Sequence[str], folder: Path) -> Said:
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def papers(folder: Path) -> list[str]:
    """Return what lies in an output folder beside the program's own hidden folder."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".执笔")


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with a config of two good reports and one bad."""
    (tmp_path / "甲.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "乙.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "丙.yaml").write_text(GOOD.replace("关于甲", "关于丙"), encoding="utf-8")
    rows = "".join(f"  - {{名称: {name}, 数据: {name}.yaml}}\n" for name in "甲乙丙")
    (tmp_path / "config.yaml").write_text(f"版本: 1\n输出: 成品\n报告:\n{rows}", encoding="utf-8")
    return tmp_path


def test_a_bad_report_does_not_stop_the_others(office: Path) -> None:
    said = run(["--config", "config.yaml", "--format", "docx"], office)
    assert said.code == 1
    assert "乙.yaml:3:1 错误：不认识“标提” —— 您是不是想写“标题”？" in said.err
    assert papers(office / "成品") == ["关于丙的通知.docx", "关于甲的通知.docx"]
    assert "共 3 份报告，生成 2 份，1 份没有生成。" in said.out


def test_some_names_and_nothing_built(office: Path) -> None:
    assert run(["乙", "--config", "config.yaml"], office).code == 2
    assert not (office / "成品").exists()
    said = run(["丁", "--config", "config.yaml"], office)
    assert said.code == 2
    assert "没有名叫“丁”的报告 —— 可以写：甲、乙、丙" in said.err


def test_a_data_file_that_no_config_names(office: Path) -> None:
    said = run(["甲.yaml", "--out", "这里", "--format", "docx，pdf"], office)
    assert said.code == 0
    assert papers(office / "这里") == ["关于甲的通知.docx", "关于甲的通知.pdf"]


def test_json_is_one_document_with_all_fields(office: Path) -> None:
    said = run(["--config", "config.yaml", "--format", "docx", "--json"], office)
    result = json.loads(said.out)
    assert said.err == ""
    assert len(result["built"]) == 2
    (problem,) = result["problems"]
    assert set(problem) == {
        "file",
        "line",
        "column",
        "rule",
        "level",
        "text",
        "context",
        "message",
        "suggestion",
    }
    assert (problem["file"], problem["line"], problem["column"], problem["level"]) == (
        "乙.yaml",
        3,
        1,
        "错误",
    )


def test_a_build_says_which_faces_stand_in(office: Path) -> None:
    said = run(["甲", "--config", "config.yaml"], office)
    result = json.loads(run(["甲", "--config", "config.yaml", "--json"], office).out)
    assert ("PDF 的字体有替代：" in said.out) == bool(result["stand_ins"])
    assert all(words in said.out for words in result["stand_ins"])
    assert result["verdict"] in said.out
    assert set(result["substitutes"]) <= {"小标宋", "仿宋", "楷体", "黑体", "宋体", "西文"}
    assert (
        json.loads(run(["甲", "--config", "config.yaml", "--json", "--format", "docx"], office).out)[
            "substitutes"
        ]
        == {}
    )


def test_what_has_not_changed_is_not_counted_as_made(office: Path) -> None:
    words = ["--config", "config.yaml", "--format", "docx"]
    assert "共 2 份报告，生成 2 份。" in run(["甲", "丙", *words], office).out
    assert "共 2 份报告，2 份没有变化，不用重做。" in run(["甲", "丙", *words], office).out
    assert "共 2 份报告，2 份没有变化，不用重做。" in run(["甲", "丙", *words], office).out
    (office / "甲.yaml").write_text(GOOD.replace("按时", "及时"), encoding="utf-8")
    said = run(words, office)
    assert "共 3 份报告，生成 1 份，1 份没有变化，不用重做，1 份没有生成。" in said.out


def outcome(family: str, *more: str) -> Outcome:
    said = (stand_in("仿宋", family), *more)
    return Outcome(("pdf",), {"仿宋": family, "西文": "Liberation Serif"}, said, (), {})


def test_a_class_with_two_stand_ins_is_told_once_and_where_each_is() -> None:
    serif, stray = outcome("Noto Serif CJK SC"), "楷体里的“喆”用 宋体 代替"
    made = [("繁", serif), ("甲", outcome("FandolFang", stray)), ("乙", outcome("FandolFang"))]
    *_, said = lines(STANDARD, made, accepted=False)
    assert f"仿宋用 FandolFang 代替（“繁”里用 Noto Serif CJK SC）、{stray}。" in said
    assert as_json(STANDARD, made, accepted=False)["stand_ins"] == [
        stand_in("仿宋", "Noto Serif CJK SC"),
        stand_in("仿宋", "FandolFang"),
        stray,
    ]
    made = [
        *((name, outcome("FandolFang")) for name in "甲乙丙丁戊"),
        *((name, serif) for name in "子丑寅卯"),
    ]
    *_, said = lines(STANDARD, made, accepted=False)
    assert "仿宋用 FandolFang 代替（“子”、“丑”、“寅”等 4 份里用 Noto Serif CJK SC）。" in said
    *_, said = lines(STANDARD, [("繁", serif)], accepted=False)
    assert "替代：仿宋用 Noto Serif CJK SC 代替。" in said


def look(office: Path, more: str) -> None:
    """Add keys to the config, and a paper of several pages."""
    config = office / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("输出:", f"{more}\n输出:"), encoding="utf-8")
    words = [
        [f"坚持把第{12 * row + number}项工作摆在全局突出位置。" for number in range(1, 13)]
        for row in range(12)
    ]
    rows = "".join(f"  - {''.join(own)}\n" for own in words)
    (office / "甲.yaml").write_text(
        f"版本: 1\n模板: 文稿\n标题: 关于甲的通知\n正文:\n{rows}", encoding="utf-8"
    )


def test_a_build_says_which_rule_held(office: Path) -> None:
    look(office, "版式: {标准: GB/T 33476.2}")
    said = run(["甲", "丙", "--config", "config.yaml", "--format", "pdf"], office)
    assert said.code == 0
    assert said.out.count("版式：GB/T 33476.2，22 行 × 28 字。量了 2 份 PDF：") == 1
    assert "量版面" in said.out
    word = run(["甲", "--config", "config.yaml", "--format", "docx"], office).out
    assert "版式：GB/T 33476.2，22 行 × 28 字。\n" in word
    assert "字体：" not in word
    alone = run(["甲.yaml", "--config", "config.yaml", "--format", "docx"], office).out
    assert "版式：GB/T 33476.2，22 行 × 28 字。\n" in alone


def test_changed_measures_and_what_they_break_are_said(office: Path) -> None:
    look(office, "版式: {行距: 30, 字体: {楷体: 楷体}}")
    said = run(["甲", "--config", "config.yaml", "--format", "pdf"], office)
    assert said.code == 0
    assert (
        "21 行 × 28 字；本单位改了：行距 30 磅（国标 28.95）、楷体用“楷体”（原定“楷体_GB2312”）。" in said.out
    )
    assert "关于甲的通知.pdf 提醒：每页行数（全文）与国标不符：要求 22 行，量得 21 行" in said.err
    assert "符合国标" not in said.out + said.err
    result = json.loads(run(["甲", "--config", "config.yaml", "--format", "pdf", "--json"], office).out)
    assert result["look"] == {
        "rule": "GB/T 9704",
        "lines": 21,
        "characters": 28,
        "changes": ["行距 30 磅（国标 28.95）", "楷体用“楷体”（原定“楷体_GB2312”）"],
    }
    (measured,) = result["measured"]
    assert (measured["report"], measured["不符"]) == ("甲", 1)
    assert measured["通过"] + measured["替代"] > 5
    assert [problem["rule"] for problem in result["problems"]] == ["量版面"]


def test_accepted_stand_ins_change_the_sentence(office: Path) -> None:
    look(office, "认可替代字体: 否")
    said = {}
    for answer in ("否", "是"):
        config = (office / "config.yaml").read_text(encoding="utf-8")
        (office / "config.yaml").write_text(
            config.replace("认可替代字体: 否", f"认可替代字体: {answer}"), encoding="utf-8"
        )
        result = json.loads(run(["甲", "--config", "config.yaml", "--format", "pdf", "--json"], office).out)
        assert result["stand_ins_accepted"] is (answer == "是")
        said[answer] = result["verdict"]
    if not result["stand_ins"]:
        pytest.skip("this machine has every office face")
    assert "符合国标" not in said["否"]
    assert "符合国标" in said["是"]
    assert not result["problems"]


def test_a_config_without_sense_stops_a_data_file_too(office: Path) -> None:
    look(office, "版式: {行距: 10}")
    for command in (["甲.yaml", "--out", "这里"], ["check", "甲.yaml"]):
        said = run([*command, "--config", "config.yaml"], office)
        assert said.code == 2
        assert "config.yaml:2:10 错误：行距 10 磅小于正文的字号 16 磅" in said.err
    assert not (office / "这里").exists()


def test_quiet_says_only_problems(office: Path) -> None:
    said = run(["甲", "--config", "config.yaml", "--format", "docx", "--quiet"], office)
    assert (said.code, said.out, said.err) == (0, "", "")


def test_check_builds_nothing(office: Path) -> None:
    said = run(["check", "--config", "config.yaml"], office)
    assert said.code == 1
    assert "检查了 3 份：错误 1 处，提醒 0 处，询问 0 处。" in said.out
    assert not (office / "成品").exists()


def test_list_names_reports(office: Path) -> None:
    said = run(["list", "--config", "config.yaml"], office)
    assert said.out.splitlines() == ["甲\t甲.yaml", "乙\t乙.yaml", "丙\t丙.yaml"]


def test_two_reports_on_one_name_are_refused(office: Path) -> None:
    (office / "丙.yaml").write_text(GOOD, encoding="utf-8")
    said = run(["甲", "丙", "--config", "config.yaml", "--format", "docx"], office)
    assert said.code == 2
    assert "丙.yaml:1:1 错误：与“甲”（甲.yaml）的文件名相同：关于甲的通知" in said.err
    assert "甲.yaml:1:1 错误：与“丙”（丙.yaml）的文件名相同" in said.err
    assert not (office / "成品").exists()


def test_old_files_stay_when_a_build_fails(office: Path) -> None:
    run(["甲", "--config", "config.yaml", "--format", "docx"], office)
    before = (office / "成品" / "关于甲的通知.docx").read_bytes()
    (office / "甲.yaml").write_text(BAD, encoding="utf-8")
    assert run(["甲", "--config", "config.yaml", "--format", "docx"], office).code == 2
    assert (office / "成品" / "关于甲的通知.docx").read_bytes() == before
    assert papers(office / "成品") == ["关于甲的通知.docx"]


def test_a_folder_in_the_way_is_said_and_leaves_no_litter(office: Path) -> None:
    (office / "成品" / "关于甲的通知.docx").mkdir(parents=True)
    said = run(["甲", "--config", "config.yaml", "--format", "docx"], office)
    assert said.code == 3
    assert "同名的文件夹已经存在" in said.err
    assert papers(office / "成品") == ["关于甲的通知.docx"]


def test_a_pair_saved_beside_counts_as_built(office: Path) -> None:
    run(["甲", "--config", "config.yaml"], office)
    (office / "成品" / "~$关于甲的通知.docx").write_bytes(word_owner("张三"))
    text = (office / "甲.yaml").read_text(encoding="utf-8").replace("请按时", "请务必按时")
    (office / "甲.yaml").write_text(text, encoding="utf-8")
    said = run(["甲", "--config", "config.yaml"], office)
    assert said.code == 3
    assert "共 1 份报告，生成 1 份（其中 1 份另存为新文件）。" in said.out


def test_import_writes_yaml_that_builds_and_overwrites_nothing(office: Path) -> None:
    (office / "来文.txt").write_text(
        "关于开展统计的通知\n各有关单位:\n请按时报送,谢谢。\n云川区科技局\n2026年3月5日\n", encoding="utf-8"
    )
    assert run(["import", "来文.txt", "-o", "来文.yaml"], office).code == 0
    assert run(["来文.yaml", "--out", "这里", "--format", "docx"], office).code == 0
    before = (office / "来文.yaml").read_bytes()
    said = run(["import", "来文.txt"], office)
    assert said.code == 3
    assert "已经有这个文件了" in said.err
    assert (office / "来文.yaml").read_bytes() == before


def test_a_fault_of_the_program_is_one_line_and_a_record(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from zhibi import cli
    from zhibi.cli import screen, starting

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"planted, {ROOT}, /home/zhang/甲.yaml")

    monkeypatch.setattr(starting, "read_config", fail)
    monkeypatch.setattr(cli, "REPORTS", office / "reports")
    monkeypatch.chdir(office)
    assert cli.main(["check", "甲", "--config", "config.yaml"]) == screen.INTERNAL
    record = (office / "reports" / "程序出错记录.txt").read_text(encoding="utf-8")
    assert "planted, 执笔, ~/甲.yaml" in record
    assert str(ROOT) not in record
    assert "Traceback" not in capsys.readouterr().err


def test_ctrl_c_that_an_error_wraps_is_no_fault_of_the_program(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from zhibi import cli
    from zhibi.cli import screen

    def stopped(*_: object) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as stop:
            raise RuntimeError("Error calling __set_name__") from stop

    monkeypatch.setattr("zhibi.cli.build._formats", stopped)
    monkeypatch.chdir(office)
    assert cli.main(["--config", "config.yaml"]) == screen.INTERRUPTED
    assert "已中断" in capsys.readouterr().err


def test_a_report_whose_worker_fails_is_one_line_and_the_others_are_built(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from zhibi import cli, jobs, workers
    from zhibi.cli import screen

    whole = workers.Workers.check

    def check(self: workers.Workers, asked: Sequence[jobs.Job]) -> Iterator[jobs.Answer]:
        for job, answer in zip(asked, whole(self, asked), strict=True):
            yield jobs.Answer(fault="planted") if job.data.stem == "甲" else answer

    monkeypatch.setattr(workers.Workers, "check", check)
    monkeypatch.chdir(office)
    assert cli.main(["--config", "config.yaml", "--format", "docx"]) == screen.INTERNAL
    said = capsys.readouterr()
    assert "甲 错误：程序自身出错了" in said.err
    assert "planted" in (office / "成品" / "程序出错记录.txt").read_text(encoding="utf-8")
    assert "共 3 份报告，生成 1 份，2 份没有生成。" in said.out


def test_the_log_tells_what_happened_without_homes(office: Path) -> None:
    run(["丙", "--config", "config.yaml", "--format", "docx"], office)
    run(["--config", str(office / "config.yaml"), "--format", "docx"], office)
    log = (office / "成品" / ".执笔" / "运行记录.txt").read_text(encoding="utf-8")
    assert "乙.yaml:3:1 错误：不认识“标提”" in log
    assert log.count("开始：") == 2
    assert "结束：退出码 0" in log
    assert "结束：退出码 1" in log


def test_a_log_that_cannot_be_written_stops_nothing(office: Path) -> None:
    (office / "成品" / ".执笔" / "运行记录.txt").mkdir(parents=True)
    said = run(["丙", "--config", "config.yaml", "--format", "docx"], office)
    assert said.code == 0
    assert "运行记录写不进去" in said.err
