"""Layout -> Word file, its parts written as text and zipped (ECMA-376; GB/T 9704-2012).

What a paragraph is can be read back from the names of its styles:

* paragraph styles are the words of the roles (公文标题, 主送机关, 列项, 署名 …), but 正文 is the built-in
  "Body Text", headings are "heading 1" to "heading 4", page numbers are "footer" (`styles.WORD_STYLES`);
* a heading with text that runs on is 一级标题（接排） to 四级标题（接排） (`styles.RUN_IN_STYLES`): its words
  are the runs of character style 标题文字, what runs on those of 接排文字;
* character styles: 序号 a number that the engine wrote (before a heading or inside a paragraph),
  标题文字 the words of a heading, 段首句 a lead sentence; runs without one are plain words;
* table styles: 表格 a ruled table, 信息公开表 the block above a paper (`styles.TABLE_STYLES`); its title,
  unit and notes are paragraphs 表题, 表格单位 before it and 表注 after it;
* the words of a row say what it is: 表头, 表格文字, 表格分组, 表格合计 or 信息公开 (`styles.ROW_STYLES`);
* 图 is a paragraph that holds a picture, 图题 what is said below it;
* 分隔 marks an empty paragraph that Word needs beside a table: it means nothing;
* a section or page break means a new `Section`; w:br is a `Break`.
"""

from __future__ import annotations

from zhibi.layout import Layout
from zhibi.writers.docx.body import body
from zhibi.writers.docx.package import Package, add_margins, add_pictures, add_static_parts
from zhibi.writers.docx.xml import to_bytes


def write_docx(layout: Layout) -> bytes:
    """Return the paper as a Word file; the same layout gives the same bytes."""
    package = Package()
    add_static_parts(package, layout.properties, layout.look)
    margins = add_margins(package, layout)
    media = add_pictures(package, layout)
    prefixes = ("r", "wp", "w") if media.relations else ("r", "w")
    package.parts["word/document.xml"] = to_bytes("document", [body(layout, margins, media)], prefixes)
    return package.save()
