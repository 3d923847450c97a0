"""Data -> YAML as a clerk would type it: one line a text, quotes only where they are needed."""

from __future__ import annotations

import re
from typing import Any

import yaml

from zhibi.importer.blocks import Data, Figure, Inline, InlineList
from zhibi.schema import paper_schema, words

# Texts that an editor's schema check would read as a number, a date, a truth value or nothing.
_OTHER_TYPE = re.compile(
    r"[-+]?(\d[\d_]*(\.[\d_]*)?|\.\d[\d_]*)([eE][-+]?\d+)?|0[xob][0-9a-fA-F_]+|\d+(:[0-5]?\d)+(\.\d*)?"
    r"|\d{4}-\d\d?-\d\d?.*|[-+]?\.(inf|nan)|~|null|true|false|yes|no|on|off|y|n|=|<<",
    re.IGNORECASE,
)
# 标题：甲 would be taken for a key that was typed with a full-width colon.
_KEY_LIKE = re.compile(r"\s*(\S{1,20}?)\s*[：:]")
_PLAIN_KEY = re.compile(r"\w[\w （）·—]*")
_KEYS = words(paper_schema("文稿", {}))
_OWN_MARKS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")


class _Dumper(yaml.SafeDumper):
    """PyYAML's dumper with lists indented under their key and double instead of single quotes."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def choose_scalar_style(self) -> str:
        style = str(super().choose_scalar_style() or "")
        return '"' if style == "'" else style

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style: str | None = None
    if "\n" in text:
        style = "|" if _is_block(text) else '"'
    elif _OTHER_TYPE.fullmatch(text) or _OWN_MARKS.search(text) or text != text.strip() or _is_key_like(text):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _is_key_like(text: str) -> bool:
    found = _KEY_LIKE.match(text)
    return found is not None and found[1] in _KEYS


def _is_block(text: str) -> bool:
    """Tell whether a text of several lines comes back unchanged from a block scalar."""
    lines = text.split("\n")
    return not _OWN_MARKS.search(text) and all(line and line == line.strip() for line in lines)


def _represent_figure(dumper: _Dumper, figure: Figure) -> yaml.ScalarNode:
    kind = "float" if "." in figure else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", str(figure))


def _represent_mapping(dumper: _Dumper, data: Data) -> yaml.MappingNode:
    """Represent a mapping; a key with marks in it is quoted, or it would look like a clerk's slip."""
    inline = isinstance(data, Inline)
    node = dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=inline)
    for key, _ in node.value:
        if not _PLAIN_KEY.fullmatch(key.value):
            key.style = '"'
    return node


def _represent_inline_list(dumper: _Dumper, data: InlineList) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(Figure, _represent_figure)
_Dumper.add_representer(dict, _represent_mapping)
_Dumper.add_representer(Inline, _represent_mapping)
_Dumper.add_representer(InlineList, _represent_inline_list)


def dump_yaml(data: Data) -> str:
    """Return `data` as YAML text."""
    text = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
        default_flow_style=False,
    )
    return str(text)
