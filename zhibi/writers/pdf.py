"""Layout -> PDF bytes by WeasyPrint: PDF/A-2a and PDF/UA-1 in one file, the same bytes every time.

PDF/A (ISO 19005-2) is for the archive, PDF/UA (ISO 14289-1) for readers who listen. WeasyPrint claims one
of the two; what the other needs beyond it is added when the file is complete (`_finish`).

Nothing is read from the disk or the net: pictures are given by names of our own (`writers.pictures`). Every warning of WeasyPrint is a fault: a glyph that is
missing or a declaration that is ignored would otherwise only be a line in a log.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from weasyprint import HTML
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from zhibi.errors import Location, Problem, ReportError
from zhibi.layout import Layout
from zhibi.writers.html import write_html
from zhibi.writers.pictures import shown_files

_DELIMITER = re.compile(rb"[()<>\[\]{}/%#]")

_SLOW = "Using fontTools instead of HarfBuzz-Subset"
"""How WeasyPrint begins to say that it works without libharfbuzz-subset: slower, but no worse."""


def write_pdf(layout: Layout) -> bytes:
    """Return the paper as a PDF file."""
    html = write_html(layout)
    identifier = sha256(html.encode()).hexdigest()[:32].encode()
    with _warnings_are_errors():
        page = HTML(string=html, url_fetcher=_OwnPictures(shown_files(layout)), base_url=None)
        data: bytes = page.write_pdf(
            font_config=_font_configuration(),
            color_profiles={_COLOURS: _colour_profile()},
            output_intent=_COLOURS,
            pdf_variant="pdf/a-2a",
            pdf_identifier=identifier,
            finisher=_finish,
        )
    return data


class _OwnPictures(URLFetcher):  # type: ignore[misc]
    """Gives the pictures of the paper by their names and nothing else: no file, no socket, no data in an address."""

    def __init__(self, pictures: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__(allowed_protocols=())
        self._pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return the picture that is called `url`."""
        if url not in self._pictures:
            raise ValueError(f"not a picture of this paper: {url[:80]}")
        content, kind = self._pictures[url]
        return URLFetcherResponse(url, content, {"Content-Type": kind})


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


def _finish(_: Any, pdf: Any) -> None:
    """Add what PDF/UA-1 asks for to the PDF/A file that WeasyPrint has made."""
    by_reference = {item.reference: item for item in pdf.objects if item.number}
    _claim_ua(by_reference[pdf.catalog["Metadata"]])
    elements = {reference: item for reference, item in by_reference.items() if _is_element(item)}
    _scope_headers(elements)
    tree = by_reference[by_reference[pdf.catalog["StructTreeRoot"]]["ParentTree"]]
    _escape_font_names(pdf)
    _make_page_numbers_artifacts(by_reference, elements, tree["Nums"][1::2])
    pdf.write_line = _part_stream_ends(pdf.write_line)


def _part_stream_ends(write_line: Callable[[bytes, Any], None]) -> Callable[[bytes, Any], None]:
    """Keep a CR that ends a stream apart from the LF after it: as one line end they would not be counted in
    the length of the stream (PDF/A-2 cl. 6.1.7.1). One compressed stream in 256 ends so."""

    def write(content: bytes, output: Any) -> None:
        if content.endswith(b"\r" + _STREAM_END):
            content = content.removesuffix(_STREAM_END) + b"\r" + _STREAM_END
        write_line(content, output)

    return write


_STREAM_END = b"\nendstream\nendobj"


def _is_element(item: Any) -> bool:
    return isinstance(item, dict) and item.get("Type") == "/StructElem"


def _claim_ua(metadata: Any) -> None:
    """Write the second claim; uncompressed, as catalogues read the metadata without a PDF program."""
    content = b"".join(metadata.stream)
    metadata.stream = [content.replace(b"</rdf:RDF>", _UA.encode() + b"</rdf:RDF>")]
    metadata.compress = False


def _escape_font_names(pdf: Any) -> None:
    """Write the signs of PDF's own syntax in font names as #xx (ISO 32000-1 cl. 7.3.5); WeasyPrint does not."""
    for item in pdf.objects:
        for key in ("BaseFont", "FontName"):
            if isinstance(item, dict) and key in item:
                name: bytes = item[key][1:]
                item[key] = b"/" + _DELIMITER.sub(lambda sign: b"#%02X" % ord(sign[0]), name)


def _scope_headers(elements: Mapping[bytes, Any]) -> None:
    """Say of every heading cell what it heads (PDF/UA-1 cl. 7.5); WeasyPrint miscounts below merged cells."""
    for item in elements.values():
        if item["S"] == "/TD":
            item["A"].pop("Headers", None)
        elif item["S"] == "/TH":
            in_head = elements[elements[item["P"]]["P"]]["S"] == "/THead"
            item["A"]["Scope"] = "/Column" if in_head else "/Row"


def _make_page_numbers_artifacts(
    objects: Mapping[bytes, Any], elements: Mapping[bytes, Any], parents: Sequence[Any]
) -> None:
    """Mark page numbers as such (PDF/UA-1 cl. 7.8); WeasyPrint tags them, with tags outside of the tree."""
    in_tree = {kid for item in elements.values() for kid in item["K"] if isinstance(kid, bytes)}
    for element in elements.values():
        if element.reference in in_tree or element["S"] == "/Document":
            continue
        for leaf in (elements[kid] for kid in element["K"]):
            (mark,) = leaf["K"]
            stream = objects[objects[leaf["Pg"]]["Contents"]].stream
            place = next(place for place, item in enumerate(stream) if _mark_of(item) == mark)
            stream[place - 1 : place + 1] = ["/Artifact", b"<</Type /Pagination/Subtype /Footer>>"]
            row = next(row for row in parents if leaf.reference in row)
            row[row.index(leaf.reference)] = "null"
            leaf.clear()
        element.clear()


def _mark_of(item: Any) -> int | None:
    return item.get("MCID") if isinstance(item, dict) else None


@cache
def _font_configuration() -> FontConfiguration:
    # One for the process: each new one would keep the fonts in memory again.
    return FontConfiguration()


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
