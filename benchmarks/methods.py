"""Who makes a paper, and how: the commands, what they need, and the desk with the same paper for each."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks import ours
from benchmarks.measuring import run
from benchmarks.papers import Paper

PEERS = Path(__file__).with_name("peers")


@dataclass(frozen=True)
class Desk:
    """A folder with one paper in the form that each method reads."""

    folder: Path
    paper: Paper

    def __post_init__(self) -> None:
        """Write the inputs; nobody's time."""
        self.folder.mkdir(parents=True)
        self.data.write_text(self.paper.as_yaml(), encoding="utf-8")
        self.json.write_text(self.paper.as_json(), encoding="utf-8")

    @property
    def data(self) -> Path:
        """The paper as Zhibi reads it."""
        return self.folder / "paper.yaml"

    @property
    def json(self) -> Path:
        """The paper as the others read it."""
        return self.folder / "paper.json"

    @cached_property
    def html(self) -> Path:
        """The paper as a page without looks, for pandoc."""
        cells = [
            "<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>"
            for row in ((self.paper.columns, *self.paper.rows) if self.paper.rows else ())
        ]
        table = f"<table>{''.join(cells)}</table>" if cells else ""
        texts = "".join(f"<p>{text}</p>" for text in self.paper.paragraphs)
        path = self.folder / "paper.html"
        path.write_text(f"<h1>{self.paper.title}</h1>{texts}{table}", encoding="utf-8")
        return path

    @cached_property
    def docx(self) -> Path:
        """The paper as Zhibi's Word file, for LibreOffice; made in nobody's time."""
        out = self.out("to convert")
        run(ours.build(self.data, "docx", out), self.folder)
        return finished(out, "docx")

    @property
    def template(self) -> Path:
        """The template of docxtpl, made once for all desks."""
        return make_template(self.folder.parent / "template.docx")

    def out(self, name: str) -> Path:
        """Return an empty folder for what a method makes."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        return path


def make_template(path: Path) -> Path:
    """Write the template of docxtpl if it is not there."""
    if not path.exists():
        run([sys.executable, PEERS / "docx_papers.py", "template", path], path.parent)
    return path


def finished(out: Path, ending: str) -> Path:
    """Return the one file that was made."""
    found = sorted(out.glob(f"*.{ending}"))
    if len(found) != 1:
        raise FileNotFoundError(f"{len(found)} files .{ending} were made")
    return found[0]


@dataclass(frozen=True)
class Method:
    """A way to make a file: its name, the command for a desk and an output folder, what it needs."""

    name: str
    command: Callable[[Desk, Path], list[str]]
    version: Callable[[], str]

    @property
    def missing(self) -> str:
        """Say what is not there; nothing when all is."""
        return "" if self.version() else f"{self.name} is not installed"


def package(name: str) -> Callable[[], str]:
    """Return how to learn a Python package's version."""

    def found() -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return ""

    return found


def program(name: str) -> Callable[[], str]:
    """Return how to learn a program's version."""

    @cache
    def found() -> str:
        if shutil.which(name) is None:
            return ""
        said = subprocess.run([name, "--version"], capture_output=True, text=True, check=False).stdout
        return said.splitlines()[0] if said else "unknown"

    return found


def _peer(file: str, way: str, *before: str) -> Callable[[Desk, Path], list[str]]:
    return lambda desk, out: [sys.executable, str(PEERS / file), way, str(out), *before, str(desk.json)]


def office(files: Sequence[Path], out: Path, profile: Path) -> list[str]:
    """Return the command by which one LibreOffice makes PDFs of all files, with a user profile of our own."""
    start = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    return [*start, "--outdir", str(out), *map(str, files)]


def zhibi(formats: str) -> Method:
    """Return Zhibi itself."""
    return Method("Zhibi", lambda desk, out: ours.build(desk.data, formats, out), lambda: "this tree")


def alone(ending: str) -> Method:
    """Return Zhibi with no more than the others do: the same content made into a file."""
    return Method(
        "Zhibi's file alone",
        lambda desk, out: ours.stage("make", out, ending, desk.data),
        lambda: "this tree",
    )


def ways(ending: str) -> dict[Method, str]:
    """Return our ways to make a file, with what their rows say of them."""
    return {zhibi(ending): "", alone(ending): ", file alone"}


def _by_docxtpl(desk: Desk, out: Path) -> list[str]:
    return _peer("docx_papers.py", "docxtpl", str(desk.template))(desk, out)


DOCXTPL = Method("docxtpl", _by_docxtpl, package("docxtpl"))
PYTHON_DOCX = Method("python-docx", _peer("docx_papers.py", "python-docx"), package("python-docx"))
PANDOC = Method(
    "pandoc",
    lambda desk, out: ["pandoc", "-f", "html", "-o", str(out / "paper.docx"), str(desk.html)],
    program("pandoc"),
)
WEASYPRINT = Method("WeasyPrint", _peer("pdf_papers.py", "weasyprint"), package("weasyprint"))
TYPST = Method("typst", _peer("pdf_papers.py", "typst"), package("typst"))
LIBREOFFICE = Method(
    "LibreOffice",
    lambda desk, out: office([desk.docx], out, desk.folder.parent / "office"),
    program("soffice"),
)
