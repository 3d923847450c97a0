"""Full-width punctuation comes back among Han characters, and nowhere else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibi.importer.width import restore_width


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("深化平台建设,释放效能。", "深化平台建设，释放效能。"),
        ("完成cmos资金补助,财政5000万;", "完成cmos资金补助，财政5000万；"),
        ("投入强度达3.9%, 增长1.2%; 新增3家", "投入强度达3.9%，增长1.2%；新增3家"),
        ("各单位:", "各单位："),
        ("是吗?好!", "是吗？好！"),
        ("实施意见(试行)", "实施意见（试行）"),
        ("方案(2023—2027年)印发", "方案（2023—2027年）印发"),
        ("(一)抓平台", "（一）抓平台"),
        ("孵化器(众创空间(含))11家", "孵化器（众创空间（含））11家"),
        ("用(A,B)表示", "用（A,B）表示"),
        ("企业（A)5家", "企业（A）5家"),
        ("信息。)", "信息。）"),
        ("共(未完", "共（未完"),
        ("“315”;三是", "“315”；三是"),
    ],
)
def test_marks_of_chinese_text_become_full_width(typed: str, restored: str) -> None:
    assert restore_width(typed) == restored


@pytest.mark.parametrize(
    "typed",
    [
        "共1,000万元", "会议12:30开始", "比例为1:2的", "网址http://a.cn/x?y=1,2见", "邮箱a:b@c.cn见", "研发R&D, GDP两项",
        "3.9%的", "CPU(GPU)", "f(x) = 1", "a, b; c", "1)平台", "", "(a)", "科技工作呈現(xiàn)良好", "導向?qū)用的", "路径C:\\x的",
    ],
)  # fmt: skip
def test_marks_of_numbers_addresses_and_latin_words_stay(typed: str) -> None:
    assert restore_width(typed) == typed


@given(st.text(alphabet="科技,;:?!() .1aB“”、%（），http://w.c@", max_size=30))
def test_only_width_and_blanks_after_marks_change(text: str) -> None:
    assert _bare(restore_width(text)) == _bare(text)


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")
