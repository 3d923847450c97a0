"""The command line: python -m benchmarks [--only pdf,docx] [--rounds 5] [--small]."""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.comparing import Bench
from benchmarks.measuring import NotMeasuredError
from benchmarks.results import Row, from_json, merged, save, table
from benchmarks.works import WORKS

HERE = Path(__file__).resolve().parent
TRIED = HERE.parent / ".cache" / "benchmarks"
"""Where results go when sizes were only tried: they must not stand among the true ones."""


def main() -> None:
    """Measure what is asked for, print the table, and write both files of results."""
    asked = _arguments()
    names = list(WORKS) if not asked.only else [name for name in WORKS if name in asked.only.split(",")]
    if unknown := set(filter(None, asked.only.split(","))) - set(WORKS):
        raise SystemExit(f"--only knows {', '.join(WORKS)}; not {', '.join(sorted(unknown))}")
    rows: list[Row] = []
    # Installed programs are compiled, and so is ours from its first run on, but where an environment forbids that.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    compileall.compile_dir(HERE.parent / "zhibi", quiet=2)
    compileall.compile_dir(HERE, quiet=2)
    with tempfile.TemporaryDirectory(prefix="zhibi-bench-", ignore_cleanup_errors=True) as folder:
        bench = Bench(Path(folder), asked.rounds, asked.small)
        for name in names:
            rows += _measured(name, bench)
    out = asked.out or (TRIED if asked.small else HERE)
    out.mkdir(parents=True, exist_ok=True)
    stored = out / "results.json"
    old = from_json(stored.read_text(encoding="utf-8")) if stored.exists() else []
    save(out, merged(old, rows, WORKS), _machine())
    print()
    print(table(rows))


def _measured(name: str, bench: Bench) -> Iterator[Row]:
    """Yield the rows of a work, told as they come; a work that fails becomes a row that says why."""
    facts: dict[str, Any] = {"name": name, "small": bench.small, "date": date.today().isoformat()}
    began, load = time.monotonic(), os.getloadavg()[0]
    bench.say(f"{name} …")
    try:
        rows = list(WORKS[name](bench))
    except NotMeasuredError as error:
        rows = [Row(name, "", why=str(error))]
    except Exception as error:  # One work that fails must not cost the others' hours.
        rows = [Row(name, "", why=f"{type(error).__name__}: {error}")]
    loads = [round(load, 1), round(os.getloadavg()[0], 1)]
    for row in rows:
        bench.say(f"  {row.work} | {row.against} | {row.measure}: {row.ratio or row.verdict}")
        yield replace(row, run={**facts, "seconds": round(time.monotonic() - began), "load": loads})


def _machine() -> str:
    """Say where it was measured."""
    cores = os.cpu_count()
    return f"{platform.system()} {platform.machine()}, {cores} cores, Python {platform.python_version()}."


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", default="", help=f"some of {','.join(WORKS)}")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each comparison (default 5)")
    parser.add_argument("--small", action="store_true", help="a tenth of all sizes, to try the harness")
    parser.add_argument("--out", type=Path, help="folder of the results (default: this one, .cache if small)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
