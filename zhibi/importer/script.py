"""Which script a paper is written in: simplified (zh-CN) or traditional characters (zh-TW)."""

from __future__ import annotations

from collections.abc import Iterable

# Frequent characters whose two forms differ; the n-th of one string is the n-th of the other.
_TRADITIONAL = frozenset(
    "區學國與業發為會來時對產過開關經濟員機構進導實現際創辦總結應環級項標計劃點積極團隊條體設備術據價職務創營費資質"
)
_SIMPLIFIED = frozenset(
    "区学国与业发为会来时对产过开关经济员机构进导实现际创办总结应环级项标计划点积极团队条体设备术据价职务创营费资质"
)


def is_traditional(texts: Iterable[str]) -> bool:
    """Tell whether there are more traditional than simplified forms in `texts`."""
    traditional = simplified = 0
    for text in texts:
        traditional += sum(sign in _TRADITIONAL and sign not in _SIMPLIFIED for sign in text)
        simplified += sum(sign in _SIMPLIFIED and sign not in _TRADITIONAL for sign in text)
    return traditional > simplified
