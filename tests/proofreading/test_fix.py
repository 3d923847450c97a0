"""--fix mends the words at their place and nothing else; what it is not sure of it leaves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import run
from zhibi.errors import Level, Location, Problem
from zhibi.round_trip.mending import mended

FAULTY = """\
版本: 1
模板: 文稿   # 用文稿
标题: 关于甲的通知。   # 句号要删
正文:
  # 单独一行的说明
  - 各单位要认真落实,按时报送。  # 保留，，这句
  - "各单位要认真落实，，，按时、、报送。"
  - '这是''甲''，，好。'
  - |
    第一段，，有错。
    第二段没有错。
  - {提要: 抓好的的落实。, 文: 各单位要落实。}   # 校对:忽略 重复词语
"""
MENDED = """\
版本: 1
模板: 文稿   # 用文稿
标题: 关于甲的通知   # 句号要删
正文:
  # 单独一行的说明
  - 各单位要认真落实，按时报送。  # 保留，，这句
  - "各单位要认真落实，按时、报送。"
  - '这是''甲''，好。'
  - |
    第一段，有错。
    第二段没有错。
  - {提要: 抓好的的落实。, 文: 各单位要落实。}   # 校对:忽略 重复词语
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "甲.yaml").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def test_only_the_faults_change_and_twice_changes_nothing(office: Path) -> None:
    said = run(["check", "甲.yaml", "--fix"], office)
    assert said.code == 0, said.err
    assert (office / "甲.yaml").read_text(encoding="utf-8") == MENDED
    assert said.out.splitlines()[:2] == [
        "甲.yaml:3:11 〔题末标点〕关于甲的通知【。 删去】",
        "甲.yaml:6:13 〔半角标点〕各单位要认真落实【, → ，】按时报送。",
    ]
    [kept] = (office / "备份").iterdir()
    assert kept.read_text(encoding="utf-8") == FAULTY
    again = run(["check", "甲.yaml", "--fix"], office)
    assert "没有程序能替您改的" in again.out
    assert (office / "甲.yaml").read_text(encoding="utf-8") == MENDED
    assert len(list((office / "备份").iterdir())) == 1


@pytest.mark.parametrize(
    ("mark", "codec", "ends"),
    [(b"", "gb18030", "\r\n"), (b"\xff\xfe", "utf-16-le", "\n"), (b"\xef\xbb\xbf", "utf-8", "\r\n")],
)
def test_the_file_keeps_its_encoding_and_line_ends(office: Path, mark: bytes, codec: str, ends: str) -> None:
    (office / "甲.yaml").write_bytes(mark + FAULTY.replace("\n", ends).encode(codec))
    assert run(["check", "甲.yaml", "--fix"], office).code == 0
    assert (office / "甲.yaml").read_bytes() == mark + MENDED.replace("\n", ends).encode(codec)


def test_only_the_rules_asked_for_are_mended(office: Path) -> None:
    run(["check", "甲.yaml", "--fix", "--only", "题末标点"], office)
    assert (office / "甲.yaml").read_text(encoding="utf-8") == FAULTY.replace("通知。", "通知")


def test_templates_and_papers_from_elsewhere_are_left(office: Path) -> None:
    (office / "来文.txt").write_text("关于甲的通知\n各单位要认真落实，，按时报送。\n", encoding="utf-8")
    said = run(["check", "来文.txt", "--fix"], office)
    assert said.code == 2
    assert "import" in said.err
    assert "--annotate" in said.err


def problem(text: str, context: str, column: int, mend: str) -> Problem:
    return Problem(
        Location("甲.yaml", 1, column),
        "试",
        "错",
        "改",
        Level.ERROR,
        text,
        context,
        mend,
        context.index(text),
    )


def test_words_that_are_not_where_they_should_be_are_left() -> None:
    wrong = problem("，，", "甲，，乙丙丁戊己", 5, "，")
    result = mended("甲: 甲，乙丙丁戊己\n".encode(), "甲.yaml", [wrong])
    assert (result.done, result.left) == ((), (wrong,))
    assert result.raw == "甲: 甲，乙丙丁戊己\n".encode()


def test_a_mend_that_yaml_would_read_otherwise_is_left() -> None:
    raw = "甲: 甲，，乙丙\n乙: 子，，丑寅\n".encode()
    breaks = problem("，，", "甲，，乙丙", 5, ": ")
    fine = replace(problem("，，", "子，，丑寅", 5, "，"), at=Location("甲.yaml", 2, 5))
    result = mended(raw, "甲.yaml", [breaks, fine])
    assert result.raw == "甲: 甲，，乙丙\n乙: 子，丑寅\n".encode()
    assert result.left == (breaks,)


def test_of_mends_that_overlap_the_first_is_made() -> None:
    raw = "甲: 甲，，。乙\n".encode()
    first, second = problem("，，", "甲，，。乙", 5, "，"), problem("，。", "甲，，。乙", 6, "。")
    result = mended(raw, "甲.yaml", [second, first])
    assert result.raw == "甲: 甲，。乙\n".encode()
    assert [mend.problem for mend in result.done] == [first]
    assert result.left == ()


def test_a_link_leads_to_the_file_that_is_mended(office: Path) -> None:
    (office / "乙").mkdir()
    (office / "乙" / "链.yaml").symlink_to(office / "甲.yaml")
    said = run(["check", "乙/链.yaml", "--fix"], office)
    assert said.code == 0, said.err
    assert (office / "甲.yaml").read_text(encoding="utf-8") == MENDED
    assert (office / "乙" / "链.yaml").is_symlink()


def test_a_file_of_the_same_name_in_the_project_is_left(tmp_path: Path) -> None:
    """Both are called data/甲.yaml: one where the clerk stands, one in the project."""
    for folder in ("项目", "别处"):
        (tmp_path / folder / "data").mkdir(parents=True)
        (tmp_path / folder / "data" / "甲.yaml").write_text(FAULTY, encoding="utf-8")
    project = tmp_path / "项目"
    (project / "config.yaml").write_text("版本: 1\n报告: [{名称: 甲, 数据: data/甲.yaml}]\n", "utf-8")
    words = ["check", "data/甲.yaml", "--fix", "--config", str(project / "config.yaml")]
    said = run(words, tmp_path / "别处")
    assert said.code == 0, said.err
    assert (tmp_path / "别处" / "data" / "甲.yaml").read_text(encoding="utf-8") == MENDED
    assert (project / "data" / "甲.yaml").read_text(encoding="utf-8") == FAULTY


def test_one_bad_mend_of_thousands_costs_few_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhibi.round_trip import mending

    lines = [f"键{number}: 甲，，乙{number}丙" for number in range(1000)]
    wrong = [
        replace(
            problem("，，", f"甲，，乙{number}丙", line.index("，，") + 1, ": " if number == 700 else "，"),
            at=Location("甲.yaml", number + 1, line.index("，，") + 1),
        )
        for number, line in enumerate(lines)
    ]
    readings: list[bytes] = []
    read = mending._read

    def counted(raw: bytes, shown: str, words: frozenset[str]) -> Any:
        readings.append(raw)
        return read(raw, shown, words)

    monkeypatch.setattr(mending, "_read", counted)
    result = mended("\n".join(lines).encode(), "甲.yaml", wrong)
    assert result.left == (wrong[700],)
    assert len(result.done) == 999
    assert len(readings) < 30


def test_one_run_leaves_nothing_that_a_machine_can_mend(tmp_path: Path) -> None:
    faults = "单位要认真落实, 按时报送, 抓好落实,,按时、、报送;总面积6.8万方."
    lines = ["版本: 1", "模板: 文稿", "标题: 关于甲的通知", "正文:", f"  - 甲{faults}", f'  - "乙{faults}"']
    lines += [f"  - '丙{faults}'", "  - |", "    丁,,戊要检查, 己要督促.", "    另外,,庚要报送, 辛要汇总."]
    lines += ["  - 壬,,癸要评估, 子要考核.", "    此外,,丑要登记, 寅要归档."]
    path = tmp_path / "甲.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    first = run(["check", "甲.yaml", "--fix"], tmp_path)
    assert "【, → ，】" in first.out
    assert "【空格 删去】" in first.out
    mended_once = path.read_text(encoding="utf-8")
    again = json.loads(run(["check", "甲.yaml", "--fix", "--json"], tmp_path).out)
    assert again["fixed"] == []
    assert path.read_text(encoding="utf-8") == mended_once
    assert [one["text"] for one in again["problems"] if one["mended"] is not None] == []
