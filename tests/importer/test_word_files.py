"""Word files of other programs, and files that are no Word files at all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.importer.foreign_files import add_numbered, add_xml, new_file, save
from zhibi.errors import ReportError
from zhibi.importer import Imported, import_paper, write_yaml

HEAD = "# yaml-language-server: $schema=x\n版本: 1\n模板: 文稿\n"


def yaml_of(imported: Imported) -> str:
    return write_yaml(imported.data, "x").removeprefix(HEAD).strip("\n")


def said(imported: Imported) -> list[tuple[str, str, str]]:
    return [(problem.rule, problem.text, problem.message) for problem in imported.problems]


def test_automatic_numbers_become_levels(tmp_path: Path) -> None:
    document = new_file()
    document.add_paragraph("全年工作报告")
    for text, level in (
        ("情况", 0),
        ("平台", 1),
        ("提升。全年新增,3个。", 2),
        ("扩大。引进5家。", 2),
        ("打算", 0),
    ):
        add_numbered(document, text, level)
    add_numbered(document, "另起", 0, number=9)
    imported = import_paper(save(document, tmp_path))
    assert (
        yaml_of(imported)
        == """\
标题: 全年工作报告
正文:
  - 标题: 情况
    内容:
      - 标题: 平台
        内容:
          - 标题: 提升。
            接排: 全年新增，3个。
          - 标题: 扩大。
            接排: 引进5家。
  - 标题: 打算
  - 标题: 另起
    序号: 1"""
    )
    assert said(imported) == []


def test_bullets_are_reported(tmp_path: Path) -> None:
    document = new_file()
    document.add_paragraph("报告")
    add_numbered(document, "抓平台。", 0, number=8)
    imported = import_paper(save(document, tmp_path))
    assert imported.data["正文"] == ["抓平台。"]
    assert said(imported) == [("导入存疑", "", "这一段有项目符号或不认识的自动编号，没有导入")]
    assert imported.problems[0].at.line == 2


def test_styled_headings_without_numbers_keep_their_level(tmp_path: Path) -> None:
    document = new_file()
    document.add_paragraph("报告")
    document.add_heading("总体情况", 1)
    document.add_heading("平台", 2)
    document.add_paragraph("办好平台。")
    document.add_heading("一、打算", 1)
    imported = import_paper(save(document, tmp_path))
    assert (
        yaml_of(imported)
        == """\
标题: 报告
正文:
  - 标题: 总体情况
    编号: 无
    内容:
      - 标题: 平台
        编号: 无
        内容:
          - 办好平台。
  - 标题: 打算"""
    )


def test_merged_cells_and_two_header_rows(tmp_path: Path) -> None:
    document = new_file()
    document.add_paragraph("报告")
    table = document.add_table(5, 4)
    for row, texts in zip(
        table.rows,
        (
            ("县区", "投资", "", "备注"),
            ("", "计划", "完成", ""),
            ("甲", "10", "9", "好"),
            ("甲", "5", "5", ""),
            ("一、总计", "", "", ""),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 3).merge(table.cell(1, 3))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(3, 0).text = ""
    table.cell(2, 0).merge(table.cell(3, 0))
    table.cell(4, 0).merge(table.cell(4, 3))
    imported = import_paper(save(document, tmp_path))
    assert (
        yaml_of(imported)
        == """\
标题: 报告
正文:
  - 表:
      栏:
        - {名: 县区, 合并: 是}
        - {名: 计划, 组: 投资}
        - {名: 完成, 组: 投资}
        - 备注
      行:
        - 县区: 甲
          计划: 10
          完成: 9
          备注: 好
        - 县区: 甲
          计划: 5
          完成: 5
        - 分组: 一、总计"""
    )


def test_changes_controls_and_fields_are_read_as_they_stand(tmp_path: Path) -> None:
    document = new_file()
    document.add_paragraph("报告")
    add_xml(
        document,
        "<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>域</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>。</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的话。</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    imported = import_paper(save(document, tmp_path))
    assert imported.data["正文"] == ["甲增链域。", "控件里的话。"]


def test_what_cannot_be_carried_over_is_reported(tmp_path: Path) -> None:
    document = new_file()
    document.add_paragraph("报告")
    add_xml(
        document,
        "<w:p><w:r><w:t>甲。</w:t></w:r><w:r><w:drawing/></w:r><w:r><w:footnoteReference w:id='1'/></w:r>"
        "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
    )
    imported = import_paper(save(document, tmp_path))
    assert {(rule, text) for rule, text, _ in said(imported)} >= {("导入损坏", "框里"), ("导入存疑", "")}
    assert len(imported.problems) >= 3
    assert imported.data["正文"] == ["甲。"]


def test_a_landscape_paper_of_one_wide_table(tmp_path: Path) -> None:
    document = new_file()
    document.add_paragraph("情况表")
    table = document.add_table(2, 8)
    for number, cell in enumerate(table.rows[0].cells):
        cell.text = f"栏目{number}"
    table.rows[1].cells[0].text = "甲"
    imported = import_paper(save(document, tmp_path))
    assert imported.data["横向"] == "是"


def zipped(**parts: str) -> bytes:
    from io import BytesIO

    made = BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in parts.items():
            package.writestr(name.replace("__", "/"), text)
    return made.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
NO_WORD = {
    "空文件.docx": (b"", "文件损坏"),
    "不是压缩文件.docx": ("一、情况".encode(), "文件损坏"),
    "截断.docx": (b"PK\x03\x04abc", "文件损坏"),
    "旧格式.docx": (OLE, "旧的 .doc 文件"),
    "旧格式.doc": (OLE, "旧的 .doc 文件"),
    "加密.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
    "表格.docx": (zipped(**{"xl__workbook.xml": "<a/>"}), "Excel"),
    "压缩包.docx": (zipped(**{"a.txt": "x"}), "别的压缩文件"),
    "坏.docx": (zipped(**{"word__document.xml": "<a"}), "XML"),
    "没有字.docx": (zipped(**{"word__document.xml": "<document><body/></document>"}), "没有文字"),
    "没有字.txt": (b" \n\n", "没有文字"),
    "扫描.txt": (b"%PDF-1.7", "PDF"),
    "网页.txt": (b"<!DOCTYPE html><p>", "网页"),
    "图片.txt": (b"\x89PNG\x00\xff\xff\x81", "不是文本"),
}


@pytest.mark.parametrize("name", NO_WORD)
def test_a_file_that_cannot_be_read_is_refused_in_words(name: str, tmp_path: Path) -> None:
    data, words = NO_WORD[name]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReportError, match=words) as caught:
        import_paper(path)
    assert all(problem.suggestion for problem in caught.value.problems)


@pytest.mark.parametrize(("name", "words"), [("没有.txt", "没有这个文件"), ("", "打不开文件")])
def test_a_missing_file_and_a_folder_are_refused(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=words):
        import_paper(tmp_path / name)


def test_a_gb18030_text_is_read_with_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "文.txt"
    path.write_bytes("报告\r\n抓好落实。\r\n".encode("gb18030"))
    imported = import_paper(path)
    assert imported.data["正文"] == ["抓好落实。"]
    assert [message for _, _, message in said(imported)] == ["文件不是 UTF-8，已按 GB18030 读取"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_text(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "文.txt"
    path.write_bytes("报告\n抓好落实。\n".encode(encoding))
    imported = import_paper(path)
    assert (imported.data["标题"], imported.problems) == ("报告", ())
