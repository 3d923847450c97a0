"""A Word file: tables of 100 and 1,000 rows, prose of 50,000 characters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.comparing import Bench, compare
from benchmarks.methods import DOCXTPL, PANDOC, PYTHON_DOCX, ways
from benchmarks.papers import prose, table
from benchmarks.results import Row

MOST = {100: 0.6, 1000: 0.5}
OF_PYTHON_DOCX = 0.1


def measure(bench: Bench) -> Iterator[Row]:
    """Yield the rows of results."""
    for full, most in MOST.items():
        rows = bench.size(full)
        methods = ways("docx"), [(DOCXTPL, most), (PYTHON_DOCX, OF_PYTHON_DOCX), (PANDOC, None)]
        work = f"DOCX, table of {rows} rows"
        yield from compare(bench, work, "docx", methods, partial(table, rows))
    characters = bench.size(50_000)
    methods = ways("docx"), [(DOCXTPL, None), (PYTHON_DOCX, None), (PANDOC, None)]
    work = f"DOCX, prose of {characters} characters"
    yield from compare(bench, work, "docx", methods, partial(prose, characters))
