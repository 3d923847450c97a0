"""A disk of 200 kB that fills up and turns read-only under a pair; run as a program, told in JSON.

The first argument is a folder on which the disk is mounted; this needs a mount namespace of its own.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.battery.writing_papers import Pair, finished, make_pair, state_of
from zhibi.errors import ReportError
from zhibi.output import save_report


def _big(pair: Pair) -> Pair:
    """Return a pair whose Word file is far larger than the disk."""
    stream = io.BytesIO(pair["docx"])
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("word/media/big.bin", os.urandom(2_600_000))
    return {**pair, "docx": stream.getvalue()}


def _said(folder: Path, pair: Pair) -> str:
    try:
        return f"saved {save_report(folder, finished(pair, folder)).changed}"
    except ReportError as error:
        return str(error)


def main(place: Path) -> dict[str, object]:
    """Fill the disk, then make it read-only; return what was said and how the pair looks after each."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", place], check=True)
    folder = place / "成品"
    save_report(folder, finished(make_pair(0), folder))
    told: dict[str, object] = {"full": _said(folder, _big(make_pair(1)))}
    told["after full"] = repr(state_of(folder))
    smaller = make_pair(2)
    told["smaller"] = _said(folder, smaller)
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    told["read-only"] = _said(folder, make_pair(3))
    told["read-only, same"] = _said(folder, smaller)
    told["after read-only"] = repr(state_of(folder))
    return told


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1])), ensure_ascii=False))
