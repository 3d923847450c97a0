"""House rules for Word files: what makes Word repair or refuse a file and schema validators do not see.

Word file -> faults, each begun by the name of its rule. ECMA-376-1 (WordprocessingML) and -2 (packages).
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
TYPES = "[Content_Types].xml"
STYLES = "word/styles.xml"
POINTERS = {
    "pStyle": "paragraph",
    "rStyle": "character",
    "tblStyle": "table",
    "basedOn": "",
    "next": "paragraph",
    "link": "",
}
"""Element that names a style -> the type that the style must have; empty for the type of its own style."""

Parts = Mapping[str, bytes]
Trees = Mapping[str, etree._Element]


def house_rules(file: Path) -> list[str]:
    """Return the faults of a Word file; a file that cannot be opened has only that one."""
    try:
        parts, faults = _open(file)
    except (BadZipFile, OSError, EOFError, NotImplementedError) as error:
        return [f"zip: {error}"]
    trees: dict[str, etree._Element] = {}
    for name, data in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                trees[name] = etree.fromstring(data)
            except etree.XMLSyntaxError as error:
                faults.append(f"xml: {name}: {error}")
    if not faults:
        faults += _package(parts, trees)
        faults += [fault for rule in RULES for fault in rule(trees)]
    return faults


def _open(file: Path) -> tuple[Parts, list[str]]:
    """Read every part, which checks its CRC."""
    with ZipFile(file) as archive:
        names = archive.namelist()
        faults = [f"zip: {name} is there twice" for name, count in Counter(names).items() if count > 1]
        return {name: archive.read(name) for name in names}, faults


# -- the package ----------------------------------------------------------------------------------


def _package(parts: Parts, trees: Trees) -> Iterator[str]:
    yield from _content_types(parts, trees)
    yield from _relationships(parts, trees)


def _content_types(parts: Parts, trees: Trees) -> Iterator[str]:
    if TYPES not in trees:
        yield f"content types: no {TYPES}"
        return
    defaults = {str(node.get("Extension")).lower() for node in trees[TYPES].iter(f"{TYPE}Default")}
    overrides = {str(node.get("PartName")).removeprefix("/") for node in trees[TYPES].iter(f"{TYPE}Override")}
    for name in parts:
        ending = name.rpartition(".")[2].lower()
        # The default of xml is no more than "some XML": a part of Word must say which.
        known = name in overrides or (ending in defaults and ending != "xml")
        if name != TYPES and not known:
            yield f"content types: {name} has none"
    yield from (f"content types: {name} is not there" for name in sorted(overrides - set(parts)))


def _relationships(parts: Parts, trees: Trees) -> Iterator[str]:
    reached = {TYPES, *(name for name in parts if name.endswith(".rels"))}
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder, _, own = name.rpartition("_rels/")
        for node in tree.iter(REL):
            target = str(node.get("Target"))
            if node.get("TargetMode") == "External":
                yield f"relationships: {name} leads outside, to {target}"
                continue
            place = target[1:] if target.startswith("/") else posixpath.normpath(folder + target)
            reached.add(place)
            if place not in parts:
                yield f"relationships: {name} leads to {place}, which is not there"
        owner = folder + own.removesuffix(".rels")
        if own != ".rels" and owner not in parts:
            yield f"relationships: {name} has no part"
    yield from (f"relationships: nothing leads to {name}" for name in sorted(set(parts) - reached))
    yield from _used_relations(trees)


def _used_relations(trees: Trees) -> Iterator[str]:
    for name, tree in trees.items():
        folder, _, own = name.rpartition("/")
        relations = trees.get(f"{folder}/_rels/{own}.rels")
        known = [node.get("Id") for node in relations.iter(REL)] if relations is not None else []
        yield from (f"relationships: {name} has {key} twice" for key, n in Counter(known).items() if n > 1)
        used = {value for node in tree.iter() for key, value in node.attrib.items() if str(key).startswith(R)}
        yield from (f"relationships: {name} uses {key}, which is not there" for key in used - set(known))


# -- the words ------------------------------------------------------------------------------------


def _styles(trees: Trees) -> Iterator[str]:
    if STYLES not in trees:
        yield f"styles: no {STYLES}"
        return
    sheet = list(trees[STYLES].iter(f"{W}style"))
    types = {style.get(f"{W}styleId"): style.get(f"{W}type") for style in sheet}
    yield from _twice("styles: id", (style.get(f"{W}styleId") for style in sheet))
    yield from _twice("styles: name", (style.find(f"{W}name").get(f"{W}val") for style in sheet))
    for name, tree in trees.items():
        for tag, wanted in POINTERS.items():
            for node in tree.iter(W + tag):
                own = wanted or _type_of_own_style(node)
                found = types.get(node.get(f"{W}val"))
                if found != own:
                    yield f"styles: {name}: {tag} names {node.get(f'{W}val')}, a style of type {found}"


def _type_of_own_style(node: etree._Element) -> str | None:
    parent = node.getparent()
    return parent.get(f"{W}type") if parent is not None else None


def _cells(trees: Trees) -> Iterator[str]:
    for name, tree in trees.items():
        for cell in tree.iter(f"{W}tc"):
            if not len(cell) or cell[-1].tag != f"{W}p":
                yield f"cells: {name}: a cell does not end with a paragraph"
        for row in tree.iter(f"{W}tr"):
            if row.find(f"{W}tc") is None:
                yield f"cells: {name}: a row has no cell"


def _fields(trees: Trees) -> Iterator[str]:
    """A field is begin, instruction, separate, result, end, and may hold others."""
    for name, tree in trees.items():
        open_fields: list[str] = []
        for node in tree.iter(f"{W}fldChar"):
            kind = str(node.get(f"{W}fldCharType"))
            if kind == "begin":
                open_fields.append(kind)
            elif not open_fields or (kind == "separate" and open_fields[-1] == "separate"):
                yield f"fields: {name}: {kind} without its begin"
            elif kind == "end":
                open_fields.pop()
            else:
                open_fields[-1] = kind
        yield from (f"fields: {name}: a field has no end" for _ in open_fields)


def _ids(trees: Trees) -> Iterator[str]:
    """Drawings are counted over all parts: Word repairs a file whose header and body share a number."""
    stories = [
        tree for name, tree in trees.items() if name.startswith("word/") and not name.endswith(".rels")
    ]
    yield from _twice("ids: drawing", (node.get("id") for tree in stories for node in tree.iter(DRAWING)))
    for name, tree in trees.items():
        for tag in ("bookmarkStart", "ins", "del", "comment", "footnote", "endnote"):
            keys = [node.get(f"{W}id") for node in tree.iter(W + tag)]
            yield from _twice(f"ids: {name}: {tag}", (key for key in keys if key is not None))


def _numbers(trees: Trees) -> Iterator[str]:
    numbering = trees.get("word/numbering.xml")
    known = set() if numbering is None else {node.get(f"{W}numId") for node in numbering.iter(f"{W}num")}
    for name, tree in trees.items():
        used = {node.get(f"{W}val") for node in tree.iter(f"{W}numId")} - {"0"}
        yield from (f"numbers: {name}: list {key} is not there" for key in used - known)


def _twice(what: str, keys: Iterable[str | None]) -> Iterator[str]:
    yield from (f"{what} {key} is there {count} times" for key, count in Counter(keys).items() if count > 1)


RULES: tuple[Callable[[Trees], Iterable[str]], ...] = (_styles, _cells, _fields, _ids, _numbers)
