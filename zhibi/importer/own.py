"""A Word file that this program made -> its data: style names say what every paragraph is.

Words are taken letter for letter: a paragraph in the style of body text is text, whatever it begins with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from zhibi.dates import parse_date
from zhibi.importer.blocks import Data, Notes, Value
from zhibi.importer.emit import emit_body
from zhibi.importer.outline import outline_value
from zhibi.importer.own_body import build_own_body
from zhibi.importer.own_head import HEAD_ROLES, HeadWords, head_data, is_mark, read_head, read_marks
from zhibi.importer.scheme import Scheme, choose_scheme
from zhibi.importer.tree import Node
from zhibi.importer.word import WordBlock, WordFile, WordParagraph, WordTable
from zhibi.nodes import OUTLINE_ROLES, PartKind, Role, TableLook
from zhibi.styles import TABLE_STYLES, WORD_STYLES

_OWN_STYLES = frozenset(WORD_STYLES.values()) - {"Body Text", "footer"}
_ROLES = {name: role for role, name in WORD_STYLES.items()}
_IGNORED = frozenset({"分隔", str(Role.BLANK)})
_NOTES = frozenset({Role.ATTACHMENT_NOTE, Role.ATTACHMENT_NOTE_MORE})
_OUTLINES = frozenset({Role.OUTLINE_TITLE, *OUTLINE_ROLES})
_TABLE_LINES = frozenset({Role.TABLE_TITLE, Role.TABLE_UNIT, Role.TABLE_NOTE})
_DEFAULT_LANGUAGE = "zh-CN"
_ELEMENTS = {
    Role.TITLE: "标题",
    Role.DOCUMENT_NUMBER: "发文字号",
    Role.RECIPIENTS: "主送机关",
    Role.SIGNATURE: "署名",
    Role.DATE: "成文日期",
    Role.NOTE: "附注",
}


@dataclass(slots=True)
class _Part:
    """A part behind the paper, with the blocks of its body."""

    kind: PartKind
    title: str = ""
    blocks: list[WordBlock] = field(default_factory=list)
    landscape: bool = False


@dataclass(slots=True)
class _Sorted:
    """The blocks of a file, sorted by what they are."""

    elements: dict[str, list[str]] = field(default_factory=dict)
    info: WordTable | None = None
    outline: list[WordBlock] = field(default_factory=list)
    body: list[WordBlock] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    head: HeadWords = field(default_factory=HeadWords)
    has_note: bool = False
    landscape: bool = False


def is_own(word: WordFile) -> bool:
    """Tell whether a file has all the styles that this program gives its files."""
    return word.styles >= _OWN_STYLES


def restore(word: WordFile, notes: Notes) -> Data:
    """Return the data of a file of our own."""
    found = _Sorted()
    for block in word.blocks:
        _sort(found, block, notes)
    data: Data = _info(found.info)
    head = head_data(found.head, found.elements.get("署名", ()))
    data |= {key: head.pop(key) for key in ("版头", "发文字号") if key in head}
    for key, values in found.elements.items():
        names = [name for value in values for name in value.split("\t") if name] if key == "署名" else values
        data[key] = list(names) if key == "署名" and len(names) > 1 else "\n".join(names)
    data |= head
    if "标题" not in data:
        data["文件名"] = word.name
    body = build_own_body(found.body, notes)
    scheme = choose_scheme(body)
    data["正文"] = emit_body(body, scheme, Notes())
    data |= _settings(found, word, scheme)
    if found.outline:
        title, entries = _outline(found.outline, notes)
        data["目录"] = outline_value(title, entries, body, scheme, Notes())
    for kind in (PartKind.ANNEXED, PartKind.ATTACHMENT):
        parts: list[Value] = [_part(part, scheme, notes) for part in found.parts if part.kind is kind]
        if parts:
            data[str(kind)] = parts
    if PartKind.ATTACHMENT in data and not found.has_note:
        data["附件说明"] = "否"
    return data


def _sort(found: _Sorted, block: WordBlock, notes: Notes) -> None:
    if isinstance(block, WordTable) and block.style == TABLE_STYLES[TableLook.INFO]:
        found.info = block
        return
    role = _ROLES.get(block.style)
    if isinstance(block, WordTable) and is_mark(block):
        read_marks(found.head, block)
        return
    if isinstance(block, WordParagraph) and role in HEAD_ROLES:
        read_head(found.head, role, block)
        return
    if _in_outline(found, block, role):
        found.outline.append(block)
        return
    if isinstance(block, WordTable):
        _add_block(found, block)
        return
    if block.style in _IGNORED or not block.text:
        return
    if role in _NOTES:
        found.has_note = True
    elif role is Role.ATTACHMENT_LABEL:
        found.parts.append(_Part(PartKind.ATTACHMENT, landscape=block.landscape))
    elif role is Role.ATTACHMENT_TITLE:
        _add_part_title(found, block)
    elif role in _ELEMENTS and not found.parts and _fits(role, block, notes):
        found.elements.setdefault(_ELEMENTS[role], []).append(block.text)
        found.landscape = found.landscape or block.landscape
    else:
        _add_block(found, block)


def _in_outline(found: _Sorted, block: WordBlock, role: Role | None) -> bool:
    """Tell whether a block belongs to the outline, which may hold tables and stands on pages of its own."""
    if role in _OUTLINES:
        return True
    begun = bool(found.outline) and not (found.body or found.elements or found.parts or block.new_page)
    return begun and (isinstance(block, WordTable) or role in _TABLE_LINES)


def _fits(role: Role | None, block: WordParagraph, notes: Notes) -> bool:
    """Tell whether a paragraph can be the element that its style says; only dates can fail to."""
    if role is not Role.DATE or parse_date(block.text) is not None:
        return True
    notes.unsure(block.at, block.text, "成文日期不是日期，按正文导入", "请写成 2026年2月18日")
    return False


def _add_block(found: _Sorted, block: WordBlock) -> None:
    if found.parts:
        found.parts[-1].blocks.append(block)
    else:
        found.body.append(block)
        found.landscape = found.landscape or block.landscape


def _add_part_title(found: _Sorted, block: WordParagraph) -> None:
    last = found.parts[-1] if found.parts else None
    if last is not None and not last.title and not last.blocks:
        last.title = block.text
    else:
        found.parts.append(_Part(PartKind.ANNEXED, block.text, landscape=block.landscape))


def _info(table: WordTable | None) -> Data:
    if table is None:
        return {}
    texts = ["\n".join(line.text for line in cell.paragraphs) for row in table.rows for cell in row.cells]
    pairs = [(label, value) for label, value in zip(texts[::2], texts[1::2], strict=False) if label]
    colon = bool(pairs) and all(label.endswith("：") for label, _ in pairs)
    info: Data = {label.removesuffix("：") if colon else label: value for label, value in pairs}
    return {"信息公开": info, **({"信息公开冒号": "是"} if colon else {})} if info else {}


def _settings(found: _Sorted, word: WordFile, scheme: Scheme) -> Data:
    data: Data = {}
    numbering = scheme.as_data(Scheme())
    if numbering:
        data["编号"] = numbering
    if found.landscape:
        data["横向"] = "是"
    if word.language and word.language != _DEFAULT_LANGUAGE:
        data["语言"] = word.language
    return data


def _outline(blocks: Sequence[WordBlock], notes: Notes) -> tuple[str, list[Node]]:
    titles = [block for block in blocks if _ROLES.get(block.style) is Role.OUTLINE_TITLE]
    title = "\n".join(block.text for block in titles if isinstance(block, WordParagraph))
    return title, build_own_body([block for block in blocks if block not in titles], notes)


def _part(part: _Part, scheme: Scheme, notes: Notes) -> Data:
    nodes = build_own_body(part.blocks, notes)
    own = choose_scheme(nodes, scheme)
    data: Data = {"标题": part.title or str(part.kind)}
    if part.landscape:
        data["横向"] = "是"
    numbering = own.as_data(scheme)
    return {**data, **({"编号": numbering} if numbering else {}), "正文": emit_body(nodes, own, Notes())}
