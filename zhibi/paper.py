"""Stage 4: a report's data + its rendered template -> the document tree.

The fixed elements (标题, 主送机关, 署名 …) come from the data file, else from the template's 要素.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from zhibi import plain
from zhibi.body import Fetch, build_blocks, build_inlines
from zhibi.dates import format_date, parse_date
from zhibi.errors import Location, Problem, ReportError
from zhibi.markup import Insert, parse_markup
from zhibi.nodes import (
    Block,
    Document,
    Elements,
    Form,
    Head,
    Imprint,
    Info,
    Inlines,
    Numbering,
    Orientation,
    Outline,
    Part,
    PartKind,
    Signing,
    Text,
)
from zhibi.paragraphs import to_text
from zhibi.pictures import read_picture
from zhibi.plain import Scalar, place_of
from zhibi.properties import properties_of
from zhibi.schema import NO, YES
from zhibi.status_page import status_page
from zhibi.tables import fill_table
from zhibi.templates import Template, evaluate, render_body, render_words

_Made = TypeVar("_Made")

DEFAULT_OUTLINE_TITLE = "目录"


@dataclass(frozen=True, slots=True)
class Source:
    """What a paper is made of: its data, its template and the names that expressions see.

    Pictures lie below `folders`, the first of which is that of the data file. `silenced` are the rules that the
    office has switched off, `silenced_lines` those that a comment switches off on a line of the data file.
    """

    file: str
    data: plain.Mapping
    template: Template
    context: Mapping[str, Any]
    created: str
    folders: tuple[Path, ...]
    silenced: frozenset[str] = frozenset()
    silenced_lines: Mapping[int, frozenset[Scalar]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def fetch(self) -> Fetch:
        """Return what the texts of the data file may take from elsewhere."""
        return Fetch(self._fetch_words, lambda raw: read_picture(raw, self.folders))

    def _fetch_words(self, words: Scalar) -> str:
        """Evaluate the words of a 取数 where they stand; a fault is noted and leaves the words as typed."""
        try:
            return render_words(words, self.context, words.at)
        except ReportError as error:
            self.problems.extend(error.problems)
            return words

    def element(self, key: str) -> Any:
        """Return an element from the data, else from the template's 要素, else the empty text."""
        if key in self.data:
            return self.data[key]
        source = self.template.spec.get("要素", {}).get(key)
        if source is None:
            return ""
        return Scalar(render_words(source, self.context, source.at).strip(), source.at, quoted=True)

    def setting(self, key: str) -> Any:
        """Return a setting of the data file, else of the template, else the empty text."""
        return self.data.get(key, self.template.spec.get(key, ""))


def parse_paper(source: Source) -> Document:
    """Return the document tree of a paper; raise `ReportError` with every problem met."""
    inserted: set[str] = set()
    problems = source.problems

    def attempt(make: Callable[[], _Made], instead: _Made) -> _Made:
        try:
            return make()
        except ReportError as error:
            problems.extend(error.problems)
            return instead

    def parse() -> tuple[Block, ...]:
        rendered = render_body(source.template, source.context)
        inserts = _inserts(source, inserted)
        blocks, more = parse_markup(rendered, lambda raw: build_inlines(raw, source.fetch), inserts)
        problems.extend(more)
        return blocks

    nothing: tuple[Block, ...] = ()
    body = attempt(parse, nothing)
    elements = attempt(lambda: _elements(source), Elements())
    numbering = build_numbering(source.setting("编号"), Numbering())
    none: tuple[Part, ...] = ()
    annexed = attempt(lambda: _parts(source, PartKind.ANNEXED, numbering), none)
    attached = attempt(lambda: _parts(source, PartKind.ATTACHMENT, numbering), none)
    if not problems:
        problems.extend(_not_inserted(source, inserted))
    if problems:
        raise ReportError(problems)
    return Document(
        properties=properties_of(source.data, elements, source.file, source.created),
        elements=elements,
        body=body,
        parts=(*annexed, *attached),
        numbering=numbering,
        orientation=_orientation(source.setting("横向")),
    )


def _not_inserted(source: Source, inserted: set[str]) -> Iterator[Problem]:
    """Yield a problem for each body text that the data give and the template prints nowhere."""
    for key, spec in source.template.spec.get("字段", {}).items():
        if spec["类型"] == "正文" and key not in inserted and source.data.get(key):
            message = f"模板没有印“{key}”，这些文字会丢掉"
            hint = f"请在模板 {source.template.file} 里写一行 ::正文 {key}，或从数据里删去"
            yield Problem(source.data.place_of(key), "未印出", message, hint)


def file_stem(source: Source, document: Document) -> str:
    """Return the finished file's name without its ending."""
    if "文件名" in source.data:
        return str(source.data["文件名"])
    if "文件名" in source.template.spec:
        words = source.template.spec["文件名"]
        return render_words(words, source.context, words.at)
    return document.properties.title


def _inserts(source: Source, inserted: set[str]) -> Mapping[str, Insert]:
    """Directives of the markup: 正文 puts in structured text of the data, 表 a declared table, 状态页 what the records say."""

    def insert_body(key: str, level: int, at: Location) -> tuple[Block, ...]:
        key = key or "正文"
        inserted.add(key)
        fields = source.template.spec.get("字段", {})
        if key not in fields:
            hint = "说明部分声明了：" + "、".join(fields) if fields else "请在说明部分的“字段”里声明"
            raise ReportError([Problem(at, "模板", f"没有名叫“{key}”的字段", hint)])
        return build_blocks(source.data.get(key, ()), level, source.fetch)

    def insert_table(name: str, level: int, at: Location) -> tuple[Block, ...]:
        tables = source.template.spec.get("表", {})
        if name not in tables:
            hint = "说明部分声明了：" + "、".join(tables) if tables else "请在说明部分的“表”里声明"
            raise ReportError([Problem(at, "模板", f"没有名叫“{name}”的表", hint)])

        def evaluate_here(expression: str, names: Mapping[str, Any], typed: Scalar) -> Any:
            return evaluate(expression, {**source.context, **names}, typed.at)

        return (fill_table(tables[name], evaluate_here, source.fetch),)

    inserts: dict[str, Insert] = {"正文": insert_body, "表": insert_table}
    inserts["状态页"] = lambda words, _, at: status_page(source.context, words, at, source.fetch)
    return inserts


def _elements(source: Source) -> Elements:
    return Elements(
        title=_words(source.element("标题")),
        info=_info(source),
        outline=_outline(source),
        document_number=_words(source.element("发文字号")),
        recipients=_words(source.element("主送机关")),
        signature=_signature(source.element("署名")),
        date=_date(source.element("成文日期")),
        note=_words(source.element("附注")),
        attachment_note=source.data.get("附件说明") != NO,
        head=_head(source.data.get("版头")),
        signing=Signing(source.data.get("署名方式", Signing.PLAIN)),
        attendance=_attendance(source.data.get("与会")),
        imprint=_imprint(source.data.get("版记")),
    )


def _words(raw: Any) -> Inlines:
    return to_text(str(raw), raw.at if isinstance(raw, Scalar) else None)


def _head(raw: Any) -> Head | None:
    if not raw:
        return None
    return Head(
        _signature(raw["发文机关标志"]),
        Form(raw.get("格式", Form.PAPER)),
        _words(raw.get("份号", "")),
        _words(raw.get("密级", "")),
        _words(raw.get("紧急程度", "")),
        _signature(raw.get("签发人", ())),
    )


def _attendance(raw: Any) -> tuple[tuple[str, Inlines], ...]:
    return tuple((str(label), _words(who)) for label, who in raw.items()) if raw else ()


def _imprint(raw: Any) -> Imprint | None:
    if not raw:
        return None
    copies, recipients, issuer = (_words(raw.get(key, "")) for key in ("抄送", "主送", "印发机关"))
    return Imprint(recipients, copies, issuer, _date(raw.get("印发日期", "")))


def _signature(raw: Any) -> tuple[Inlines, ...]:
    names = (raw,) if isinstance(raw, str) else tuple(raw)
    return tuple(_words(name) for name in names if name)


def _date(raw: Any) -> Inlines:
    if not raw:
        return ()
    at = place_of(raw, Location(""))
    if parse_date(raw) is None:
        raise ReportError([Problem(at, "格式", f"“{raw}”不是日期", "请写成 2026年2月18日")])
    return (Text(format_date(raw), at),)


def _info(source: Source) -> Info | None:
    raw = source.data.get("信息公开")
    if raw is None:
        return None
    pairs = tuple((str(label), _words(value)) for label, value in raw.items())
    return Info(pairs, source.data.get("信息公开冒号") == YES)


def _outline(source: Source) -> Outline | None:
    raw = source.data.get("目录", NO)
    if raw == NO:
        return None
    if isinstance(raw, str):
        return Outline((Text(DEFAULT_OUTLINE_TITLE),))
    entries = build_blocks(raw["项"], 0, source.fetch) if "项" in raw else None
    return Outline(_words(raw.get("题", DEFAULT_OUTLINE_TITLE)), entries)


def _parts(source: Source, kind: PartKind, numbering: Numbering) -> tuple[Part, ...]:
    return tuple(
        Part(
            kind=kind,
            title=_words(raw["标题"]),
            body=build_blocks(raw["正文"], 0, source.fetch),
            orientation=_orientation(raw.get("横向", NO)),
            numbering=build_numbering(raw.get("编号", ""), numbering),
        )
        for raw in source.data.get(str(kind), ())
    )


def _orientation(raw: Any) -> Orientation:
    return Orientation.LANDSCAPE if raw == YES else Orientation.PORTRAIT


def build_numbering(raw: Any, default: Numbering) -> Numbering:
    """Return the numbering that a 编号 states over `default`."""
    if not raw:
        return default
    own = tuple(str(pattern) for pattern in raw.get("层次", ()))
    return Numbering(
        levels=own + default.levels[len(own) :],
        running=frozenset(int(level) for level in raw.get("连续", default.running)),
        through=frozenset(int(level) for level in raw.get("全文连续", default.through)),
        items=str(raw.get("列项", default.items)),
        series=str(raw.get("分述", default.series)),
    )
