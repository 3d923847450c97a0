"""长句：一句话超过一百五十个字，中间没有句号、分号（正文和表格里都看；整格太长的见“单元格过长”）。

为什么：句子太长，读的人抓不住主干，写的人也容易前后不搭。
依据：惯例。只是询问：列举很多、确实不好断开的可以不改。
错：为深入贯彻落实全国科技大会精神和市委市政府关于加快建设创新强市的决策部署，充分发挥企业科技创新主体作用，引导更多资金、人才、项目向企业集聚，加快培育一批具有核心竞争力的科技领军企业，推动产业链上下游协同开展关键核心技术攻关，促进科技创新和产业创新深度融合，不断提升全区产业发展的质量和效益，结合我区实际和企业反映比较集中的困难问题，制定本实施方案，请各单位认真组织实施
对：结合我区实际，制定本实施方案。
"""

from __future__ import annotations

from collections.abc import Iterator

from zhibi.checks import Paper
from zhibi.errors import Level, Problem
from zhibi.prose import Kind
from zhibi.prose.sought import Sought

RULE = "长句"
SUBJECT = "篇幅"

_MOST = 150
_HAN_OR_WORD = Sought(r"[\u3400-\u9fff]|[A-Za-z0-9.%]+")
_LISTED = Sought(r"[、》“]")
_MOST_LISTED = 12
"""So many signs of a list make a sentence long without making it hard."""


def check(paper: Paper) -> Iterator[Problem]:
    """Yield a question for each sentence that is too long to be read in one breath."""
    for passage in paper.passages:
        if passage.kind not in (Kind.BODY, Kind.CELL) or len(passage.text) <= _MOST:
            continue
        for start, end in passage.sentences:
            sentence = passage.text[start:end]
            count = len(_HAN_OR_WORD.findall(sentence)) if end - start > _MOST else 0
            if count > _MOST and len(_LISTED.findall(sentence)) <= _MOST_LISTED:
                words = (f"这一句有 {count} 个字，中间没有句号、分号", "请看看能不能断成几句")
                yield passage.problem((start, end), RULE, words, Level.QUERY)
