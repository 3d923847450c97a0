"""A value -> YAML in a clerk's style: one line a text, double quotes only where they are needed."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Collection, Mapping
from typing import Any

from zhibi.plain import Scalar
from zhibi.reading import parse_yaml

STEP = 2
"""Blanks by which a list or mapping stands in under its key, in a file that has none yet."""

_LINE_ENDS = re.compile("[\r\n\x85\u2028\u2029]")


class Branch(dict[str, Any]):
    """Changes below one key: key -> the value wanted, or another branch."""


def written(value: Any, indents: tuple[int, int], words: Collection[str], *, flow: bool = False) -> str:
    """Return a value as YAML, without an end of the last line; `flow`: in brackets, in one line.

    `indents`: by how much a mapping and the dashes of a list stand in under their key.
    """
    from ruamel.yaml import YAML  # Imported late: only who changes a file needs it.

    writer, made = YAML(), io.StringIO()
    step, dash = indents
    writer.indent(mapping=step, sequence=dash + len("- "), offset=dash)
    writer.width = sys.maxsize
    node = _node(value, words, flow=flow)
    if not flow:
        node.fa.set_block_style()
    writer.dump(node, made)
    return made.getvalue().rstrip("\n")


def _node(value: Any, words: Collection[str], *, flow: bool) -> Any:
    """Return a value as ruamel.yaml writes it: texts in double quotes where YAML or our reader needs quotes."""
    from ruamel.yaml.comments import CommentedMap, CommentedSeq

    if not isinstance(value, Mapping | list | tuple):
        return _text(value, words, flow=flow)
    made: Any = CommentedMap() if isinstance(value, Mapping) else CommentedSeq()
    if flow or (isinstance(value, Mapping) and _is_short(value)):
        flow = True
        made.fa.set_flow_style()
    if isinstance(value, Mapping):
        for key, inner in value.items():
            number = re.fullmatch(r"[1-9]\d*", key)
            made[int(key) if number else _text(key, words, flow=flow)] = _node(inner, words, flow=flow)
    else:
        made.extend(_node(inner, words, flow=flow) for inner in value)
    return made


def _text(text: str, words: Collection[str], *, flow: bool) -> str:
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    plain = not (isinstance(text, Scalar) and text.quoted) and _reads_plain(text, words, flow=flow)
    return str(text) if plain else DoubleQuotedScalarString(text)


def _is_short(value: Mapping[str, Any]) -> bool:
    """Tell whether a mapping is written in one line: a 取数, or figures by quarter."""
    return all(isinstance(one, str) for one in value.values()) and (
        list(value) == ["取数"] or all(key.isdigit() for key in value)
    )


def _reads_plain(text: str, words: Collection[str], *, flow: bool) -> bool:
    """Tell whether a text needs no quotes; ASCII could be a number or a date to somebody, and has them always."""
    if text.isascii() or _LINE_ENDS.search(text):
        return False
    data, problems = parse_yaml(f"甲: [{text}]\n" if flow else f"甲: {text}\n乙:\n  - {text}\n", "", words)
    return not problems and data == ({"甲": [text]} if flow else {"甲": text, "乙": [text]})
