"""What a finished file's properties say: title, author, subject, keywords, date and language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zhibi.nodes import Elements, Properties, plain_text


def properties_of(data: Mapping[str, Any], elements: Elements, file: str, created: str) -> Properties:
    """Return the properties of a paper made of the data of `file`."""
    info = data.get("信息公开", {})
    author = "、".join(plain_text(name) for name in elements.signature) or str(info.get("发布机构", ""))
    keywords = data.get("关键词", ())
    title = plain_text(elements.title) or str(data.get("文件名", ""))
    return Properties(
        title=title or file.rsplit("/", 1)[-1].removesuffix(".yaml"),
        author=author,
        subject=str(info.get("主题分类", "")),
        keywords=(keywords,) if isinstance(keywords, str) else tuple(str(word) for word in keywords),
        created=created,
        language=str(data.get("语言", "zh-CN")),
    )
