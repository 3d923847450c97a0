"""Two spellings that differ in a character or two and may both be meant: which differences tell kinds apart."""

from __future__ import annotations

from zhibi.prose.sought import Sought

_TELLS_APART = Sought(r"[\d一二三四五六七八九十百千〇零两甲乙丙丁ⅠⅡⅢA-Za-z]")
_KINDS = (
    "国省市区县乡镇村街部局厅处科委办",
    "上中下前后左右内外",
    "东南西北",
    "大中小特",
    "年月日季周",
    "男女",
    "新旧老",
    "正副",
    "高低",
    "初终",
)
_LONGER = (
    "试行",
    "暂行",
    "修订",
    "草案",
    "征求意见稿",
    "国家",
    "全国",
    "省级",
    "市级",
    "区级",
    "县级",
    "上半",
    "下半",
    "分别",
    "年均",
    "平均",
    "累计",
    "新增",
    "获批",
)


def difference(one: str, other: str) -> tuple[str, str]:
    """Return what is left of two words without what both begin and end with."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def tells_apart(one: str, other: str) -> bool:
    """Tell whether a difference says that two things are meant: numbers, levels, sides, kinds."""
    if _TELLS_APART.search(one + other) or one in _LONGER or other in _LONGER:
        return True
    return any(any(char in kind for char in one) and any(char in kind for char in other) for kind in _KINDS)
