"""Small real papers whose version can be read back, and what a folder of them is like."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import docx
import pikepdf

from zhibi.output import DamagedError, Finished, verify

STEM = "关于报送样文的通知"
VERSIONS = 6
OWN = {"锁", "清单.json"}
"""What may stay in the workspace."""

Pair = dict[str, bytes]


def make_docx(version: int) -> bytes:
    """Return a Word file that says which version it is."""
    document = docx.Document()
    document.add_paragraph(f"第 {version} 版")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_pdf(version: int) -> bytes:
    """Return a PDF of one page that says which version it is."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = f"v{version}"
        stream = io.BytesIO()
        pdf.save(stream, static_id=True)
    return stream.getvalue()


def make_pair(version: int) -> Pair:
    """Return both files of one version."""
    return {"docx": make_docx(version), "pdf": make_pdf(version)}


def finished(pair: Pair, folder: Path, stem: str = STEM, data: str = "样文.yaml") -> Finished:
    """Return a pair as a finished report; its data file lies beside the output folder."""
    source = folder.parent / data
    if not source.exists():
        source.write_text("模板: 通知\n", encoding="utf-8")
    return Finished(stem, source, pair)


def version_of(name: str, content: bytes) -> int:
    """Return the version that a file says it is; raise `DamagedError` when it is not whole."""
    verify(name, content)
    if name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            found = re.search("第 (\\d+) 版", package.read("word/document.xml").decode())
    else:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = re.fullmatch(r"v(\d+)", str(pdf.docinfo["/Title"]))
    if found is None:
        raise DamagedError(f"{name} is of no version")
    return int(found[1])


@dataclass(frozen=True, slots=True)
class State:
    """What a folder holds: the pair's versions (None: no file), and everything that should not be there."""

    docx: int | None
    pdf: int | None
    strange: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Tell whether the pair is of one version and nothing else lies about."""
        return self.docx == self.pdf and not self.strange


def state_of(folder: Path, stem: str = STEM) -> State:
    """Look at a folder: a file that is damaged counts as version -1."""
    versions: dict[str, int | None] = {"docx": None, "pdf": None}
    for ending in versions:
        path = folder / f"{stem}.{ending}"
        if path.is_file():
            try:
                versions[ending] = version_of(path.name, path.read_bytes())
            except DamagedError:
                versions[ending] = -1
    known = {f"{stem}.docx", f"{stem}.pdf", ".执笔", "备份"}
    strange = {path.name for path in folder.iterdir()} - known if folder.exists() else set()
    if (folder / ".执笔").exists():
        strange |= {path.name for path in (folder / ".执笔").iterdir()} - OWN
    return State(versions["docx"], versions["pdf"], tuple(sorted(strange)))
