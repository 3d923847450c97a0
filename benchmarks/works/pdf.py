"""A PDF: a table of 100 rows, prose of 50,000 characters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.comparing import Bench, compare
from benchmarks.methods import LIBREOFFICE, TYPST, WEASYPRINT, ways
from benchmarks.papers import prose, table
from benchmarks.results import Row

METHODS = ways("pdf"), [(WEASYPRINT, 0.6), (LIBREOFFICE, 1.0), (TYPST, None)]


def measure(bench: Bench) -> Iterator[Row]:
    """Yield the rows of results."""
    rows, characters = bench.size(100), bench.size(50_000)
    work = f"PDF, table of {rows} rows"
    yield from compare(bench, work, "pdf", METHODS, partial(table, rows))
    work = f"PDF, prose of {characters} characters"
    yield from compare(bench, work, "pdf", METHODS, partial(prose, characters))
