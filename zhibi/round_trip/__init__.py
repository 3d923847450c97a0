"""The bytes of a YAML file + what to change in it -> the bytes of the changed file, all else as it was typed.

Only the changed values are spliced into the text, between the marks that the parser gives. A whole dump by
ruamel.yaml rewrites what it does not model: a flow mapping on a line of its own moves up to its key, a text over
several lines is joined. It writes the new values here, with the file's own indentation. A comment inside a value
that is replaced moves above its key.

What comes out is read again by our own reader: every value but the changed ones is as before, the changed ones as
wanted, or nothing is returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

from zhibi.errors import Level, Location, Problem, ReportError, has_errors
from zhibi.plain import Scalar
from zhibi.reading import parse_yaml
from zhibi.reading.input_file import decode
from zhibi.round_trip.encoding import encoding_of
from zhibi.round_trip.splicing import Change, changed

__all__ = ["RULE", "Change", "rewrite"]

RULE = "改写"


def rewrite(raw: bytes, shown: str, changes: Sequence[Change], known_keys: Iterable[str] = ()) -> bytes:
    """Return the file with `changes`; raise `ReportError` when it cannot be changed safely."""
    words = frozenset(known_keys)
    read, problems = decode(raw, Location(shown, 1, 1))
    before, found = parse_yaml(read, shown, words) if not has_errors(problems) else (None, [])
    faults = [one for one in (*problems, *found) if one.level is Level.ERROR]
    if before is None or faults:
        hint = "请先改正（python3 build.py check 会列出全部），再运行一次"
        raise ReportError([*faults, _refusal(shown, "这个文件里有写错的地方，没有改写", hint)])
    new = _spliced(raw, shown, changes, words)
    after, more = parse_yaml(decode(new, Location(shown, 1, 1))[0], shown, words)
    if has_errors(more) or not _same(_expected(before, changes), after):
        hint = "请手工填写，或把涉及的几项写成一行一个“键: 值”再运行"
        raise ReportError([_refusal(shown, "改写以后再读，和要写的不一样，没有写入", hint)])
    return new


def _spliced(raw: bytes, shown: str, changes: Sequence[Change], words: frozenset[str]) -> bytes:
    """Return the changed file in its own encoding, nothing yet proved."""
    mark, codec = encoding_of(raw)
    text = raw[len(mark) :].decode(codec)
    if mark + text.encode(codec) != raw:
        raise ReportError([_refusal(shown, "文件的编码不能原样写回", "请另存为 UTF-8 编码再运行")])
    try:
        return mark + changed(text, changes, words).encode(codec)
    except yaml.YAMLError as error:  # Our reader takes more than the parser does.
        hint = "请把涉及的几项写成一行一个“键: 值”，去掉看不见的字符，再运行一次"
        raise ReportError([_refusal(shown, "这个文件不能原样改写，没有写入", hint)]) from error


def _refusal(shown: str, message: str, hint: str) -> Problem:
    return Problem(Location(shown), RULE, message, hint)


def _expected(before: Any, changes: Sequence[Change]) -> Any:
    """Return the data of a file as they should be read after the change."""
    wanted = _copied(before)
    for path, value in changes:
        here = wanted
        for key in path[:-1]:
            if not isinstance(here.get(key), dict) and here.get(key, "") not in _BLANK:
                return None  # A text stands where a mapping is needed: that is nobody's to replace.
            if not isinstance(here.get(key), dict):
                here[key] = {}
            here = here[key]
        here[path[-1]] = _bare(value)
    return wanted


_BLANK = ("", "~", "null")


def _copied(value: Any) -> Any:
    """Return data whose mappings can be changed."""
    if isinstance(value, Mapping):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _bare(value: Any) -> Any:
    """Return data that no longer know whether they stood in quotes."""
    if isinstance(value, Mapping):
        return {str(key): _bare(inner) for key, inner in value.items()}
    return [_bare(inner) for inner in value] if isinstance(value, list | tuple) else str(value)


def _same(wanted: Any, read: Any) -> bool:
    """Tell whether data are as wanted, in their order; what was typed in quotes before is so still."""
    if isinstance(wanted, dict):
        return (
            isinstance(read, dict)
            and list(wanted) == list(read)
            and all(_same(inner, read[key]) for key, inner in wanted.items())
        )
    if isinstance(wanted, list):
        return isinstance(read, list) and len(wanted) == len(read) and all(map(_same, wanted, read))
    return (
        isinstance(read, Scalar)
        and str(wanted) == str(read)
        and (not isinstance(wanted, Scalar) or wanted.quoted == read.quoted)
    )
