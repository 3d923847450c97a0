"""Layout -> PDF bytes by WeasyPrint: tagged (PDF/UA-1), with bookmarks, the same bytes every time.

Nothing is read from the disk or the net, and every warning of WeasyPrint is a fault: a glyph that is
missing or a declaration that is ignored would otherwise only be a line in a log.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from typing import Any

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from zhibi.errors import Location, Problem, ReportError
from zhibi.layout import Layout
from zhibi.writers.html import write_html

_DELIMITER = re.compile(rb"[()<>\[\]{}/%#]")

_SLOW = "Using fontTools instead of HarfBuzz-Subset"
"""How WeasyPrint begins to say that it works without libharfbuzz-subset: slower, but no worse."""


def write_pdf(layout: Layout) -> bytes:
    """Return the paper as a PDF file."""
    html = write_html(layout)
    identifier = sha256(html.encode()).hexdigest()[:32].encode()
    with _warnings_are_errors():
        page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=()), base_url=None)
        data: bytes = page.write_pdf(
            font_config=_font_configuration(),
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier,
            finisher=_finish,
        )
    return data


def _finish(_: Any, pdf: Any) -> None:
    _scope_headers(pdf)
    _escape_font_names(pdf)


def _escape_font_names(pdf: Any) -> None:
    """Write the signs of PDF's own syntax in font names as #xx (ISO 32000-1 cl. 7.3.5); WeasyPrint does not."""
    for item in pdf.objects:
        for key in ("BaseFont", "FontName"):
            if isinstance(item, dict) and key in item:
                name: bytes = item[key][1:]
                item[key] = b"/" + _DELIMITER.sub(lambda sign: b"#%02X" % ord(sign[0]), name)


def _scope_headers(pdf: Any) -> None:
    """Say of every heading cell what it heads (PDF/UA-1 cl. 7.5); WeasyPrint miscounts below merged cells."""
    by_reference = {item.reference: item for item in pdf.objects if getattr(item, "get", None)}
    for item in by_reference.values():
        tag = item.get("S")
        if tag == "/TD":
            item["A"].pop("Headers", None)
        elif tag == "/TH":
            row = by_reference[item["P"]]
            in_head = by_reference[row["P"]].get("S") == "/THead"
            item["A"]["Scope"] = "/Column" if in_head else "/Row"


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
