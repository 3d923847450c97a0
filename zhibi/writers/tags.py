"""The tag tree of a PDF: what is a heading, a paragraph, a cell (ISO 32000-1 cl. 14.7, 14.8; ISO 14289-1 cl. 7).

Input: the elements that were noted while the pages were drawn; output: objects in the file of WeasyPrint.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pydyf


@dataclass(slots=True)
class Element:
    """An element: its tag, the page it stands on, the marks of its words there, and what it has of its own.

    `kids` are elements or, as numbers, marks on its page. `more` is written as it is.
    """

    tag: str
    page: int
    kids: list[Element | int] = field(default_factory=list)
    more: str = ""

    def add(self, tag: str, more: str = "") -> Element:
        """Return a new element below this one, on the same page."""
        element = Element(tag, self.page, more=more)
        self.kids.append(element)
        return element


class Written(pydyf.Object):  # type: ignore[misc]
    """An object of a PDF whose bytes are known: those of pydyf are made anew each time they are asked for."""

    data = b""
    compressible = True

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data


def write_tags(pdf: Any, root: Element, marks: list[list[Element]]) -> None:
    """Write the tree into a file; `marks` tells of each page which element has each of its marks."""
    pages = [reference.decode() for reference in pdf.page_references]
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(tree)
    numbers: dict[int, int] = {}
    _write(pdf, root, tree, (numbers, pages))
    rows = (" ".join(f"{numbers[id(element)]} 0 R" for element in page) for page in marks)
    owners = Written(f"<</Nums[{' '.join(f'{place} [{row}]' for place, row in enumerate(rows))}]>>".encode())
    pdf.add_object(owners)
    tree.update({"K": f"{numbers[id(root)]} 0 R", "ParentTree": owners.reference})
    pdf.catalog["StructTreeRoot"] = tree.reference
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    for place, reference in enumerate(pages):
        pdf.objects[int(reference.split()[0])].update({"Tabs": "/S", "StructParents": place})


def _write(pdf: Any, element: Element, parent: Any, known: tuple[dict[int, int], list[str]]) -> None:
    """Write an element and those below it; `known` are the numbers of elements and the references of pages."""
    numbers, pages = known
    written = Written(b"")
    pdf.add_object(written)
    numbers[id(element)] = written.number
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            _write(pdf, kid, written, known)
            kids.append(f"{numbers[id(kid)]} 0 R")
        else:
            kids.append(str(kid))
    written.data = (
        f"<</Type /StructElem/S /{element.tag}/P {parent.number} 0 R/Pg {pages[element.page]}"
        f"/K [{' '.join(kids)}]{element.more}>>"
    ).encode()
