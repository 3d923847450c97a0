"""Operators and values of templates, bounded: what they may work on, and how much they may make.

Input: operands as templates have them; output: the result, or `RefusedError` in Chinese with the values.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup

from zhibi.sandbox.budget import MAX_LENGTH, MAX_STEPS, RefusedError, too_long
from zhibi.values import UnprintableError, shown, words_of

MAX_NUMBER = 10**30
"""Largest whole number."""

MAX_EXPONENT = 1000

_WORDS = {"+": "相加", "-": "相减", "*": "相乘", "/": "相除", "//": "相除", "%": "求余数", "**": "乘方"}
_NUMBERS = "请检查两边是不是数；数据里的数先加 | int 或 | float，日期不能加减，文字相连用 ~"
_CAPTURED = "宏和 set 印出的内容只能照原样印"
_APART = "请分开印，如 {{ 甲 }}{{ 乙 }}"

_ORDER: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
}


def is_flat(value: Any) -> bool:
    """Tell whether `value` is a text, a number, 是/否 or nothing: what can be compared at no cost."""
    return value is None or isinstance(value, str | int | float)


def refuse_captured(*values: Any) -> None:
    """Refuse what a macro or a set block printed: its references must stay whole."""
    if any(isinstance(value, Markup) for value in values):
        raise RefusedError(_CAPTURED, _APART)


def words(value: Any) -> str:
    """Return a value as words within a text."""
    if isinstance(value, Undefined):
        return str(value)  # Raises what is undefined.
    refuse_captured(value)
    return words_of(value)


def joined(parts: Sequence[Any], between: str = "") -> str:
    """Join values into one text."""
    texts = [words(part) for part in parts]
    if sum(map(len, texts)) + len(between) * len(texts) > MAX_LENGTH:
        raise too_long("连成的文字")
    return between.join(texts)


def replaced(text: str, old: str, new: str, count: int) -> str:
    """Replace within a text."""
    times = text.count(old) if count < 0 else min(text.count(old), count)
    if len(text) + times * (len(new) - len(old)) > MAX_LENGTH:
        raise too_long("替换成的文字")
    return text.replace(old, new, count)


def calculate(sign: str, work: Callable[[Any, Any], Any], left: Any, right: Any) -> Any:
    """Return `left` sign `right` when it can be done and is not too large."""
    for value in (left, right):
        if isinstance(value, Undefined):
            str(value)  # Raises what is undefined.
    refuse_captured(left, right)
    if sign == "%" and isinstance(left, str):
        raise RefusedError("文字不能用 %", "文字相连用 ~，如 {{ 数 ~ '项' }}")
    _foresee(sign, left, right)
    try:
        return checked(work(left, right))
    except TypeError:
        message = f"“{shown(left)}”和“{shown(right)}”不能{_WORDS[sign]}"
    except OverflowError:
        message = f"“{shown(left)}”和“{shown(right)}”{_WORDS[sign]}，得数太大"
    except ZeroDivisionError:
        message = f"这里除以了零（{shown(left)} {sign} {shown(right)}）"
        raise RefusedError(message, "请先用 {% if %} 判断除数") from None
    raise RefusedError(message, _NUMBERS)


def _foresee(sign: str, left: Any, right: Any) -> None:
    """Refuse what would be too large before it is made."""
    checked(left), checked(right)
    if sign == "**" and isinstance(right, int | float) and abs(right) > MAX_EXPONENT:
        raise RefusedError(f"乘方的次数 {shown(right)} 太大", f"最大是 {MAX_EXPONENT}")
    sizes = [len(value) if isinstance(value, str | list | tuple) else None for value in (left, right)]
    if sign == "*" and sizes != [None, None]:
        size = next(size for size in sizes if size is not None)
        times = right if sizes[0] is not None else left
        if isinstance(times, int) and size * times > MAX_LENGTH:
            raise too_long("重复成的内容")
    if sign == "+" and None not in sizes and sum(size or 0 for size in sizes) > MAX_LENGTH:
        raise too_long("连成的内容")


def checked(value: Any) -> Any:
    """Return a number that is none too large and is one at all; anything else as it is."""
    if isinstance(value, bool) or not isinstance(value, int | float | complex):
        return value
    if isinstance(value, complex) or not abs(value) <= MAX_NUMBER:  # Not-a-number fails every comparison.
        raise RefusedError("算出的数太大，或不是一个数", "请检查这里的算式和用到的数")
    return value


def compare(sign: str, left: Any, right: Any) -> bool:
    """Compare two values, or look for one in the other; nothing is walked through more than once."""
    for value in (left, right):
        if isinstance(value, Undefined):
            str(value)  # Raises what is undefined.
    if sign in {"in", "notin"}:
        return _contains(left, right) is (sign == "in")
    if not is_flat(left) and not is_flat(right) and not (_is_plain(left) and _is_plain(right)):
        raise RefusedError("两组数据不能这样比较", "请比较它们里面的一项，如 项.序号")
    try:
        return bool(_ORDER[sign](left, right))
    except TypeError:
        message = f"“{shown(left)}”和“{shown(right)}”不能比大小"
        raise RefusedError(message, "请检查两边是不是数；数据里的数先加 | int 或 | float") from None


def _is_plain(value: Any) -> bool:
    return isinstance(value, list | tuple | range) and all(is_flat(item) for item in value)


def _contains(item: Any, whole: Any) -> bool:
    if not is_flat(item):
        raise RefusedError("in 的左边要是一个字词或数", "如 单位 in 项.责任单位")
    try:
        return item in whole
    except TypeError:
        message = f"“{shown(whole)}”里不能找“{shown(item)}”"
        raise RefusedError(message, "in 的右边要是文字、列表或一组数据") from None


def cut(value: Any, part: slice) -> Any:
    """Return a slice such as 名称[:4]."""
    if isinstance(value, Undefined):
        str(value)  # Raises what is undefined.
    refuse_captured(value)
    try:
        return value[part]
    except (TypeError, ValueError, KeyError):
        raise RefusedError(f"“{shown(value)}”不能这样截取", "只有文字和列表能用 [从:到] 截取") from None


def built(pairs: Sequence[tuple[Any, Any]]) -> dict[Any, Any]:
    """Return a mapping that a template writes down; its keys are words or numbers."""
    if not all(is_flat(key) for key, _ in pairs):
        raise RefusedError("键要是字词或数", "请检查花括号里冒号前面的内容")
    return dict(pairs)


def measure(value: Any) -> int:
    """Return how many characters a value prints at most; refuse lists that hold each other, and what is undefined."""
    size, seen, left = 0, 0, [value]
    while left:
        one = left.pop()
        seen += 1
        if seen > MAX_STEPS:
            raise too_long("列表")
        if isinstance(one, str):
            size += len(one)
        elif isinstance(one, Mapping):
            left.extend(one.values())
        elif isinstance(one, list | tuple):
            left.extend(one)
        elif isinstance(one, Undefined):
            str(one)  # Raises what is undefined.
        else:
            size += 1
    return size


def number(value: Any, kind: Callable[[str], int | float]) -> int | float:
    """Return typed words as a number; what is none is refused, never taken for 0."""
    refuse_captured(value)
    text = words(value) if not isinstance(value, bool | int | float) else value
    try:
        found = kind(text.replace(",", "") if isinstance(text, str) else text)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        raise UnprintableError(f"“{shown(value)}”不是数") from None
    return checked(found)  # type: ignore[no-any-return]
