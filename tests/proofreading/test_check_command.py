"""`check` on our data: what it prints, what may be asked of it, and what a build shows of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import run

DATA = """\
版本: 1
模板: 文稿
标题: 关于甲的通知
正文:
  - 各单位要认真落实,按时报送。
  - 请于年底以前搞定。
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "甲.yaml").write_text(DATA, encoding="utf-8")
    (tmp_path / "config.yaml").write_text("版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n", encoding="utf-8")
    return tmp_path


def test_a_finding_shows_its_words_and_its_clause(office: Path) -> None:
    said = run(["check", "甲.yaml"], office)
    assert said.code == 0
    assert said.err.splitlines()[:2] == [
        "甲.yaml:5:13 提醒：“,”是半角标点 —— 请改成全角“，”",
        "    各单位要认真落实【,】按时报送。　依据：GB/T 15834—2011 第4章",
    ]


def test_json_has_the_clause_and_the_mended_words(office: Path) -> None:
    said = json.loads(run(["check", "甲.yaml", "--json"], office).out)
    first, second = said["problems"]
    assert (first["rule"], first["text"], first["mended"], first["start"]) == ("半角标点", ",", "，", 8)
    assert first["clause"] == "GB/T 15834—2011 第4章"
    assert (second["level"], second["mended"]) == ("询问", None)


def test_rules_and_levels_can_be_asked_for(office: Path) -> None:
    assert "搞定" not in run(["check", "甲.yaml", "--level", "提醒"], office).err
    said = run(["check", "甲.yaml", "--only", "口语词，长句"], office)
    assert "搞定" in said.err
    assert "半角" not in said.err
    (office / "甲.yaml").write_text(DATA.replace("标题:", "标提:"), encoding="utf-8")
    assert run(["check", "甲.yaml", "--only", "口语词"], office).code == 2


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["--only", "半角标典"], "您是不是想写“半角标点”？"),
        (["--only", "，"], "--only 后面缺少内容"),
        (["--level", "警告"], "可以写：错误、提醒、询问"),
        (["--annotate", "批注.docx"], "一次给一个 Word 文件"),
        (["--fix", "--annotate", "批注.docx"], "请分两次运行"),
    ],
)
def test_what_makes_no_sense_is_refused(office: Path, words: list[str], hint: str) -> None:
    said = run(["check", "甲.yaml", *words], office)
    assert said.code == 2
    assert hint in said.err


def test_a_build_counts_questions_and_tells_them_in_json(office: Path) -> None:
    said = run(["甲", "--config", "config.yaml", "--format", "docx"], office)
    assert said.code == 0
    assert "半角标点" in said.err
    assert "搞定" not in said.err
    assert "另有 1 处询问，用 check 查看。" in said.out
    told = json.loads(run(["甲", "--config", "config.yaml", "--format", "docx", "--json"], office).out)
    assert {problem["rule"] for problem in told["problems"]} == {"半角标点", "口语词"}


def test_rules_are_silenced_beside_a_line_and_for_an_office(office: Path) -> None:
    (office / "甲.yaml").write_text(
        DATA.replace("报送。\n", "报送。  # 校对:忽略 半角标点\n"), encoding="utf-8"
    )
    (office / "config.yaml").write_text(
        "版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n校对: {忽略: [口语词]}\n", encoding="utf-8"
    )
    assert run(["check", "--config", "config.yaml"], office).err == ""


def test_names_of_no_rule_are_told_where_they_were_typed(office: Path) -> None:
    (office / "甲.yaml").write_text(
        DATA.replace("报送。\n", "报送。  # 校对:忽略 半角标点 半角标店\n"), encoding="utf-8"
    )
    (office / "config.yaml").write_text(
        "版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n校对: {忽略: [口语, 口语词]}\n", encoding="utf-8"
    )
    said = run(["check", "--config", "config.yaml"], office)
    assert said.code == 0
    assert said.err.splitlines() == [
        "config.yaml:3:11 提醒：校对规则里没有“口语”，这一处忽略不起作用 —— 您是不是想写“口语词”？",
        "甲.yaml:5:34 提醒：校对规则里没有“半角标店”，这一处忽略不起作用 —— 您是不是想写“半角标点”？",
    ]
