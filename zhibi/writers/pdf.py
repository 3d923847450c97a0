"""Layout -> PDF bytes by WeasyPrint: PDF/A-2a and PDF/UA-1 in one file, the same bytes every time.

WeasyPrint is given pages that are laid out (`writers.sheets`) and prints them: fonts, bookmarks, metadata, colours.
PDF/A (ISO 19005-2) is for the archive, PDF/UA (ISO 14289-1) for readers who listen. WeasyPrint claims one
of the two, without tags; tags and the other claims are added when the file is complete (`_finish`).

Nothing is read from the disk or the net: pictures are given by names of our own (`writers.pictures`). Every warning of WeasyPrint is a fault: a glyph that is
missing would otherwise only be a line in a log.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint.css import ColorProfile
from weasyprint.document import Document
from weasyprint.pdf.metadata import DocumentMetadata

from zhibi.errors import Location, Problem, ReportError
from zhibi.layout import Layout
from zhibi.nodes import Properties
from zhibi.writers.drawn_pictures import OwnPictures, weasy_pictures
from zhibi.writers.font_programs import is_bare, is_font_program, packed_program
from zhibi.writers.letters import font_configuration
from zhibi.writers.sheets import Print, make_sheets
from zhibi.writers.tags import write_tags

_DELIMITER = re.compile(rb"[()<>\[\]{}/%#]")

_SLOW = "Using fontTools instead of HarfBuzz-Subset"
"""How WeasyPrint begins to say that it works without libharfbuzz-subset: slower, but no worse."""

_VARIANT = "pdf/a-2u"
"""PDF/A-2a but for the tags, which are ours."""


def write_pdf(layout: Layout) -> bytes:
    """Return the paper as a PDF file."""
    with _warnings_are_errors():
        fetcher = OwnPictures(layout)
        document = Document(
            [],
            _metadata(layout.properties),
            fetcher,
            font_configuration(),
            {_COLOURS: _colour_profile()},
            _COLOURS,
        )
        paper = Print(layout, weasy_pictures(fetcher, font_configuration()), document.fonts)
        document.pages = make_sheets(paper)
        data: bytes = document.write_pdf(
            pdf_variant=_VARIANT, output_intent=_COLOURS, finisher=partial(_finish, paper)
        )
    return data


def _metadata(properties: Properties) -> DocumentMetadata:
    return DocumentMetadata(
        title=properties.title,
        authors=[properties.author] if properties.author else [],
        description=properties.subject or None,
        keywords=list(properties.keywords),
        created=properties.created or None,
        modified=properties.created or None,
        lang=properties.language,
    )


_COLOURS = "--srgb"


def _colour_profile() -> ColorProfile:
    """Return what red, green and blue mean (PDF/A-2 cl. 6.2.3); WeasyPrint forgets to close the file itself."""
    with (files("weasyprint.pdf") / "sRGB2014.icc").open("rb") as file:
        return ColorProfile(file, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


_UA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>\
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description></rdf:li>\
</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""The claim of PDF/UA-1, and the description of its schema without which PDF/A-2 allows no such claim."""


def _finish(paper: Print, document: Document, pdf: Any) -> None:
    """Add what PDF/A-2a and PDF/UA-1 ask for to the file that WeasyPrint has made."""
    _claim(next(item for item in pdf.objects if item.number and item.reference == pdf.catalog["Metadata"]))
    write_tags(pdf, paper.root, paper.marks)
    _map_glyphs(document, pdf)
    _escape_font_names(pdf)
    pdf.write_line = _part_stream_ends(pdf.write_line)
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            _pack(item)
    pdf.add_object = _packing(pdf.add_object)


def _part_stream_ends(write_line: Callable[[bytes, Any], None]) -> Callable[[bytes, Any], None]:
    """Keep a CR that ends a stream apart from the LF after it: as one line end they would not be counted in
    the length of the stream (PDF/A-2 cl. 6.1.7.1). One compressed stream in 256 ends so.
    """

    def write(content: bytes, output: Any) -> None:
        if content.endswith(b"\r" + _STREAM_END):
            content = content.removesuffix(_STREAM_END) + b"\r" + _STREAM_END
        write_line(content, output)

    return write


_STREAM_END = b"\nendstream\nendobj"


def _packing(add_object: Callable[[Any], None]) -> Callable[[Any], None]:
    """Compress what pydyf adds as it writes: the tags, mostly."""

    def add(item: Any) -> None:
        if isinstance(item, pydyf.Stream):
            _pack(item)
        add_object(item)

    return add


def _pack(stream: Any) -> None:
    """Compress a stream; pydyf does so each time that it is asked for the bytes, to write and to count them.

    It tries hardest, too: four times as long for tags that get smaller by a twentieth.
    """
    if not stream.compress or not all(isinstance(part, str | bytes) for part in stream.stream):
        return
    content = b"\n".join([part.encode() if isinstance(part, str) else part for part in stream.stream])
    if is_font_program(stream):
        if is_bare(content):
            stream.extra["Subtype"] = "/CIDFontType0C"
        stream.stream = [packed_program(content)]
    else:
        stream.stream = [zlib.compress(content)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _claim(metadata: Any) -> None:
    """Write the claims; uncompressed, as catalogues read the metadata without a PDF program."""
    content = b"".join(metadata.stream).replace(b'conformance="U"', b'conformance="A"')
    metadata.stream = [content.replace(b"</rdf:RDF>", _UA.encode() + b"</rdf:RDF>")]
    metadata.compress = False


def _map_glyphs(document: Document, pdf: Any) -> None:
    """Say which glyph of a TrueType face each number of the paper is; a CFF face says it itself."""
    faces = {face.name: face for face in document.fonts.values() if getattr(face, "numbers", None)}
    for item in [*pdf.objects]:
        if isinstance(item, dict) and item.get("Subtype") == "/CIDFontType2" and item["BaseFont"] in faces:
            pdf.add_object(stream := pydyf.Stream([faces[item["BaseFont"]].glyph_map], compress=True))
            item["CIDToGIDMap"] = stream.reference


def _escape_font_names(pdf: Any) -> None:
    """Write the signs of PDF's own syntax in font names as #xx (ISO 32000-1 cl. 7.3.5); WeasyPrint does not."""
    for item in pdf.objects:
        for key in ("BaseFont", "FontName"):
            if isinstance(item, dict) and key in item:
                name: bytes = item[key][1:]
                item[key] = b"/" + _DELIMITER.sub(lambda sign: b"#%02X" % ord(sign[0]), name)


class _Collector(logging.Handler):
    """Keeps what WeasyPrint logs."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not (message := record.getMessage()).startswith(_SLOW):
            self.messages.append(message)


@contextmanager
def _warnings_are_errors() -> Iterator[None]:
    logger = logging.getLogger("weasyprint")
    collector = _Collector()
    logger.addHandler(collector)
    try:
        yield
    finally:
        logger.removeHandler(collector)
    if collector.messages:
        raise ReportError([_problem(message) for message in dict.fromkeys(collector.messages)])


def _problem(message: str) -> Problem:
    if ".notdef" in message:
        return Problem(
            Location(""), "缺字", f"PDF 里有字没有字形：{message}", "请换一种写法，或安装含有这个字的字体"
        )
    if message.startswith("Unable to subset"):
        family = message.split('"')[1]
        return Problem(
            Location(""),
            "PDF字体",
            f"字体“{family}”与本机的 HarfBuzz 不合，PDF 会装进整套字库",
            "请运行 make setup 装好配套的字体，或卸下这个字体，或请管理员升级 HarfBuzz",
            text=family,
        )
    return Problem(
        Location(""), "PDF排版", f"PDF 排版程序报告问题：{message}", "这是程序的缺陷，请告诉维护人员"
    )
