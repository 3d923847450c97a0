"""PDFs by WeasyPrint and by typst from plain, ordinary sources: pdf_papers.py weasyprint|typst OUT FILE….

FILEs are papers in JSON, OUT is the folder for what is made of them. The sources lie beside this file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def by_weasyprint(papers: list[Path], out: Path) -> None:
    """Fill an HTML page by Jinja2 and print it, one after another."""
    from jinja2 import Environment, FileSystemLoader
    from weasyprint import HTML

    page = Environment(loader=FileSystemLoader(HERE), autoescape=True).get_template("paper.html")
    for file in papers:
        text = page.render(json.loads(file.read_text(encoding="utf-8")))
        HTML(string=text).write_pdf(out / f"{file.stem}.pdf")


def by_typst(papers: list[Path], out: Path) -> None:
    """Compile the typst source, which reads the JSON itself; the faces are looked up once."""
    import typst

    for file in papers:
        compiler = typst.Compiler(
            str(HERE / "paper.typ"), root="/", sys_inputs={"paper": str(file.resolve())}
        )
        compiler.compile(output=str(out / f"{file.stem}.pdf"))


def main() -> None:
    """Do what the command line asks."""
    way, out, *files = sys.argv[1:]
    ways = {"weasyprint": by_weasyprint, "typst": by_typst}
    ways[way]([Path(file) for file in files], Path(out))


if __name__ == "__main__":
    main()
