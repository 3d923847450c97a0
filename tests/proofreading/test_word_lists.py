"""The word lists hold to their shape, every wrong form is found, and an office's own list works with its places."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.proofreading.drafts import ROOT
from tests.proofreading.test_rules import findings
from zhibi.checks import Paper, check_paper, fixed_phrases, office_words, wrong_words
from zhibi.errors import Level, Problem
from zhibi.model import Project
from zhibi.model.source import read_source
from zhibi.paper import parse_paper
from zhibi.placing import place
from zhibi.prose.lexicon import own_lexicon, own_list
from zhibi.prose.phrases import Phrases, squeeze
from zhibi.prose.scripts import foreign_forms
from zhibi.prose.series import fixed_series

ROWS = [row for rows in own_lexicon().confusions.values() for row in rows]
PLAIN = [row for row in ROWS if not (row.before or row.after or row.not_before or row.not_after)]
OFFICE = """版本: 1
词表:
  云川市科学技术局: [云川市科技技术局, 云川市科学技术厅]
易混词:
  - {错: 创新大脑, 对: 科创大脑, 级: 提醒, 除: 产业创新大脑, 由: 平台已更名}
固定表述:
  - {全: 争创科技强区、建设幸福云川, 起: 6, 源: 区第五次党代会报告}
不查: [帐户, 云川布署中心]
"""


def paper_of(folder: Path, body: str, office: str = OFFICE) -> Paper:
    """Return a paper of one paragraph in a project whose office has a list."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    (data / "校对.yaml").write_text(office, encoding="utf-8")
    (data / "文.yaml").write_text(f"版本: 1\n模板: 文稿\n正文:\n  - {body}\n", encoding="utf-8")
    source, _ = read_source(data / "文.yaml", Project(folder, ROOT / "templates"))
    document = parse_paper(source)
    return Paper(source, document, place(document))


def test_there_are_many_wrong_forms_and_none_is_listed_twice_in_one_way() -> None:
    assert len(ROWS) > 450
    assert [form for form, count in Counter(row.wrong for row in PLAIN).items() if count > 1] == []


def test_no_wrong_form_is_a_right_one() -> None:
    assert [row.wrong for row in ROWS if row.wrong == row.right or row.wrong in row.right] == []
    right = {row.right for row in ROWS}
    assert sorted(right & {row.wrong for row in PLAIN}) == []


def test_every_group_and_phrase_names_its_source() -> None:
    assert all(group["源"] and group["由"] for group in own_list("易混词")["组"])
    phrases = own_list("固定表述")
    assert all(row["源"] for key in ("整句", "并列", "误写", "旧提法") for row in phrases[key])


def test_every_plain_wrong_form_is_found(tmp_path: Path) -> None:
    body = "".join(f"      - 甲，{row.wrong}，乙。\n" for row in PLAIN)
    found = findings(f"正文:\n  - 列项:\n{body}", wrong_words, tmp_path)
    asked = {row.wrong for row in PLAIN}
    assert sorted(asked - {problem.text for problem in found}) == []


def test_the_right_forms_are_silent(tmp_path: Path) -> None:
    rights = dict.fromkeys(row.right for row in ROWS)
    body = "".join(f"      - 甲，{right}，乙。\n" for right in rights)
    assert findings(f"正文:\n  - 列项:\n{body}", wrong_words, tmp_path) == []


def test_a_phrase_written_rightly_is_silent_and_one_letter_off_is_found() -> None:
    phrases = own_lexicon().phrases
    finder = Phrases(phrases)
    for phrase in phrases:
        whole = phrase.start + phrase.tail
        assert list(finder.slips(whole)) == [], phrase.whole
        assert list(finder.slips(f"要{whole}，抓落实")) == [], phrase.whole
        wrong = f"{whole[:-2]}某{whole[-1]}"
        assert phrase.also or list(finder.slips(wrong)), phrase.whole


def test_the_fixed_lists_are_silent_when_whole_and_speak_when_turned_round() -> None:
    for series in fixed_series():
        tail = "的新发展理念" if series.after else ""
        assert list(series.faults("".join(series.items) + tail)) == [], series.name
        turned = (*series.items[: series.sure], *reversed(series.items[series.sure :]))
        if turned != series.items:
            assert list(series.faults("".join(turned) + tail)), series.name


def test_a_fixed_list_is_known_by_other_forms_of_its_items() -> None:
    series = next(one for one in fixed_series() if one.name == "“三重一大”")
    right = "重大事项决策重要干部任免重大项目安排大额资金使用"
    assert list(series.faults(right)) == []
    turned = "落实重大事项决策重大项目安排重要干部任免大额资金使用制度"
    assert [turned[start:end] for start, end, _ in series.faults(turned)] == [turned[2:-2]]


def test_a_list_is_found_in_a_paper_by_other_forms_of_its_items(tmp_path: Path) -> None:
    words = "落实重大事项决策、重大项目安排、重要干部任免、大额资金使用制度。"
    assert ["三重一大" in one.suggestion for one in fixed_phrases.check(paper_of(tmp_path, words))] == [True]


def test_no_character_belongs_to_both_scripts() -> None:
    traditional, simplified = foreign_forms(traditional=False), foreign_forms(traditional=True)
    assert len(traditional) > 2000
    assert len(simplified) > 2000
    assert set(traditional) & set(simplified) == set()


def test_an_offices_own_names_words_and_phrases_are_looked_for(tmp_path: Path) -> None:
    words = "由云川市科技技术局用创新大脑监测，接入产业创新大脑，争创科技强区、建设幸福家园。"
    paper = paper_of(tmp_path, words)
    names = list(office_words.check(paper))
    assert [(one.text, one.level, one.mended) for one in names] == [
        ("云川市科技技术局", Level.ERROR, "云川市科学技术局")
    ]
    assert (names[0].at.file, names[0].at.line, names[0].at.column) == ("data/文.yaml", 4, 6)
    assert [(one.text, one.level) for one in wrong_words.check(paper)] == [("创新大脑", Level.ADVICE)]
    assert "平台已更名" in str(next(wrong_words.check(paper)))
    paper = paper_of(tmp_path, "全区上下争创科技强区、建设幸富云川。")
    assert ["区第五次党代会报告" in one.message for one in fixed_phrases.check(paper)] == [True]


def test_what_an_office_keeps_is_left_alone(tmp_path: Path) -> None:
    paper = paper_of(
        tmp_path, "云川布署中心开立帐户，落实《云川市科学技术厅工作规则》，由云川市科学技术局布署。"
    )
    assert [one.text for one in check_paper(paper) if one.rule != "校对词表"] == ["布署"]
    assert list(office_words.check(paper)) == []


@pytest.mark.parametrize(
    ("office", "line", "said"),
    [
        ("版本: 1\n词表:\n  - 云川市科学技术局\n", 2, "键: 值"),
        ("版本: 1\n词语表: {甲: [乙]}\n", 2, "词表"),
        ("版本: 1\n易混词:\n  - {错: 甲乙, 级: 错误}\n", 3, "对"),
        ("版本: 1\n易混词:\n  - {错: 甲乙, 对: 甲丙, 级: 严重}\n", 3, "询问"),
        ("版本: 1\n词表:\n  云川市科技局: [科技局]\n", 3, "写长一些"),
        ("版本: 1\n词表: {甲: [乙\n", 2, "括号"),
    ],
)
def test_faults_of_the_list_are_told_at_their_places(
    tmp_path: Path, office: str, line: int, said: str
) -> None:
    found: list[Problem] = list(office_words.check(paper_of(tmp_path, "由区科技局负责。", office)))
    assert found
    assert {(one.at.file, one.at.line) for one in found} == {("data/校对.yaml", line)}
    assert any(said in str(one) for one in found), [str(one) for one in found]
    assert {one.rule for one in found} == {"校对词表"}


def test_a_list_that_is_mended_is_read_anew(tmp_path: Path) -> None:
    assert list(office_words.check(paper_of(tmp_path, "由云川科技厅负责。", "版本: 1\n不查: [甲]\n"))) == []
    office = "版本: 1\n词表: {云川科技局: [云川科技厅]}\n"
    assert len(list(office_words.check(paper_of(tmp_path, "由云川科技厅负责。", office)))) == 1


def test_a_list_of_the_same_length_and_time_is_read_anew(tmp_path: Path) -> None:
    words = "由云川科技厅、云川财政厅负责。"
    found = []
    for wrong in ("科技厅", "财政厅"):
        office = f"版本: 1\n词表: {{云川科技局: [云川{wrong}]}}\n"
        paper = paper_of(tmp_path, words, office)
        os.utime(tmp_path / "data/校对.yaml", (1_700_000_000, 1_700_000_000))
        found += [one.text for one in office_words.check(paper)]
    assert found == ["云川科技厅", "云川财政厅"]


def test_squeezed_words_know_their_places() -> None:
    squeezed = squeeze("增强“四个意识”、坚定")
    assert squeezed.text == "增强四个意识坚定"
    assert squeezed.span(2, 6) == (3, 7)


def test_every_pattern_of_the_lists_is_quick() -> None:
    from time import perf_counter

    text = "为了深入推进科技创新体系建设和技术攻关，" * 3000
    start = perf_counter()
    for key in ("误写", "旧提法"):
        for row in own_list("固定表述")[key]:
            re.compile(row["式"]).search(text)
    assert perf_counter() - start < 2
