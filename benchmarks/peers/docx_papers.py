"""Word files by python-docx and by docxtpl, as their manuals show it: docx_papers.py WAY OUT FILE….

WAY is `template` (writes the template of docxtpl to OUT), `docxtpl` (its first FILE is the template) or
`python-docx`; the other FILEs are papers in JSON, and OUT is the folder for what is made of them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

STYLES = {
    "公文标题": ("方正小标宋简体", 22, 33),
    "公文正文": ("仿宋_GB2312", 16, 28.95),
    "表头": ("黑体", 10.5, 14),
    "表格文字": ("仿宋_GB2312", 10.5, 14),
}
COLUMNS = 7


def new_document() -> Any:
    """Return an empty paper with the page and the styles of an official one."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for name, (face, size, line) in STYLES.items():
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.name, style.font.size = face, Pt(size)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), face)
        style.paragraph_format.line_spacing = Pt(line)
        style.paragraph_format.space_after = Pt(0)
    styles: Any = document.styles
    styles["公文标题"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["表头"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["公文正文"].paragraph_format.first_line_indent = Pt(32)
    return document


def write_template(path: Path) -> None:
    """Write the template of docxtpl: rows and paragraphs are loops in it, styles are set once."""
    document = new_document()
    document.add_paragraph("{{ title }}", "公文标题")
    for text in ("{%p for text in paragraphs %}", "{{ text }}", "{%p endfor %}", "{%p if rows %}"):
        document.add_paragraph(text, "公文正文")
    table = document.add_table(4, COLUMNS, "Table Grid")
    for number in range(COLUMNS):
        _fill(table.cell(0, number), f"{{{{ columns[{number}] }}}}", "表头")
        _fill(table.cell(2, number), f"{{{{ row[{number}] }}}}", "表格文字")
    _fill(table.cell(1, 0), "{%tr for row in rows %}", "表格文字")
    _fill(table.cell(3, 0), "{%tr endfor %}", "表格文字")
    document.add_paragraph("{%p endif %}", "公文正文")
    document.save(str(path))


def _fill(cell: Any, text: str, style: str) -> None:
    cell.paragraphs[0].add_run(text)
    cell.paragraphs[0].style = style


def by_docxtpl(template: str, paper: Any, out: Path) -> None:
    """Fill the template; it is opened for each paper, as the manual does."""
    from docxtpl import DocxTemplate

    document = DocxTemplate(template)
    document.render(paper)
    document.save(str(out))


def by_python_docx(paper: Any, out: Path) -> None:
    """Add paragraph after paragraph and row after row."""
    document = new_document()
    document.add_paragraph(paper["title"], style="公文标题")
    for text in paper["paragraphs"]:
        document.add_paragraph(text, style="公文正文")
    if paper["rows"]:
        table = document.add_table(rows=1, cols=len(paper["columns"]))
        table.style = "Table Grid"
        head, body = document.styles["表头"], document.styles["表格文字"]
        for cell, text in zip(table.rows[0].cells, paper["columns"], strict=True):
            cell.paragraphs[0].text = text
            cell.paragraphs[0].style = head
        for row in paper["rows"]:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.paragraphs[0].text = text
                cell.paragraphs[0].style = body
    document.save(str(out))


def main() -> None:
    """Do what the command line asks."""
    way, out, *files = sys.argv[1:]
    if way == "template":
        write_template(Path(out))
        return
    template = files.pop(0) if way == "docxtpl" else ""
    for file in map(Path, files):
        paper = json.loads(file.read_text(encoding="utf-8"))
        target = Path(out, f"{file.stem}.docx")
        if template:
            by_docxtpl(template, paper, target)
        else:
            by_python_docx(paper, target)


if __name__ == "__main__":
    main()
