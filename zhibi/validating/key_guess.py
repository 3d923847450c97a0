"""A key that no schema knows -> the key that was meant: a slip, another script, Latin letters or a colon in it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence

_LATIN = {
    "version": "版本", "banben": "版本", "template": "模板", "moban": "模板", "title": "标题", "biaoti": "标题",
    "body": "正文", "content": "正文", "text": "正文", "zhengwen": "正文", "date": "成文日期", "riqi": "成文日期",
    "signature": "署名", "shuming": "署名", "attachment": "附件", "attachments": "附件", "fujian": "附件",
    "plan": "计划", "jihua": "计划", "year": "年度", "niandu": "年度", "quarter": "季度", "jidu": "季度",
    "unit": "单位", "danwei": "单位", "number": "发文字号", "wenhao": "发文字号", "name": "名称", "mingcheng": "名称",
    "data": "数据", "shuju": "数据", "output": "输出", "shuchu": "输出", "format": "格式", "geshi": "格式",
    "reports": "报告", "report": "报告", "baogao": "报告", "style": "版式", "banshi": "版式", "progress": "进展",
    "filename": "文件名", "recipients": "主送机关", "note": "附注", "table": "表", "rows": "行", "columns": "栏",
}  # fmt: skip
"""What people type who know other programs, or whose input method was switched off."""


_TRADITIONAL = str.maketrans(
    "與舉會體內關開實層寬對報據數機條標樣橫稱簽類緊級組結續編縮計認記詞語說請責輸邊進連鍵際頁項題齊單號發務並錄總點範圍劃資別準",
    "与举会体内关开实层宽对报据数机条标样横称签类紧级组结续编缩计认记词语说请责输边进连键际页项题齐单号发务并录总点范围划资别准",
)
"""Characters of keys in the traditional script -> as the keys are written."""


def meant_key(key: str, known: Sequence[str]) -> str:
    """Return the key of `known` that a mistyped key stands for, or the empty text."""
    line = split_key(key, known)
    return line.partition(": ")[0] if line else guess_key(key, known)


def guess_key(key: str, known: Sequence[str]) -> str:
    """Return the key of `known` that `key` most likely means, or the empty text."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", key[:60])).translate(_TRADITIONAL)
    close = difflib.get_close_matches(folded, known, n=1, cutoff=0.5)
    if not close and folded.isascii():
        latin = [word for word, name in _LATIN.items() if name in known]
        close = [
            _LATIN[word] for word in difflib.get_close_matches(folded.casefold(), latin, n=1, cutoff=0.7)
        ]
    return close[0] if close else ""


def split_key(key: str, known: Sequence[str]) -> str:
    """Return the line that was meant when a key in braces holds its colon: 名称:甲 -> 名称: 甲."""
    match = re.match(r"([^:：]{1,20})\s*[:：]\s*(.+)", key[:200])
    return f"{match[1]}: {match[2]}" if match and match[1].strip() in known else ""
