"""The pictures of the README, drawn anew from the samples of today (`make images`): single pages, and PDF beside Word.

The Word files are shown as LibreOffice renders them, with open faces in the place of office faces, as in `test_parity`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2
from PIL import Image

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT))

from tests.test_parity import PROJECT, render  # noqa: E402
from zhibi.pipeline import build_report, check_report  # noqa: E402

SINGLE = {
    "季度表": "data/云川区科技局2026年第三季度重点工作完成情况.yaml",
    "通知": "data/云川区科技创新2025年工作总结及2026年工作思路.yaml",
    "要点": "data/云川市2025年科技创新工作总结和2026年工作要点.yaml",
}
BESIDE = {
    "对照-年度总结": (SINGLE["要点"], 1, 70),
    "对照-季度完成情况": (SINGLE["季度表"], 2, 60),
    "对照-红头文件": ("tests/forms/文件.yaml", 2, 50),
}
"""Data, the first pages that are shown, dots per inch."""

SINGLE_DPI = 55
GAP = 6
GREY = (224, 224, 224)


def pages(file: Path, count: int, dpi: int) -> list[Image.Image]:
    """Return the first pages of a PDF as pictures."""
    with pypdfium2.PdfDocument(file) as pdf:
        return [pdf[number].render(scale=dpi / 72).to_pil().convert("RGB") for number in range(count)]


def sheet(rows: Sequence[Sequence[Image.Image]]) -> Image.Image:
    """Return pictures of one size side by side and one below the other, on grey."""
    width, height = rows[0][0].size
    whole = Image.new("RGB", (len(rows[0]) * (width + GAP) + GAP, len(rows) * (height + GAP) + GAP), GREY)
    for down, row in enumerate(rows):
        for along, one in enumerate(row):
            whole.paste(one, (GAP + along * (width + GAP), GAP + down * (height + GAP)))
    return whole


def save(picture: Image.Image, name: str) -> None:
    """Save a picture in few colours, which is all that a page has."""
    picture.quantize(64).save(HERE / f"{name}.png", optimize=True)


def draw(folder: Path) -> Iterable[str]:
    """Draw all pictures; yield their names."""
    for name, data in SINGLE.items():
        made = build_report(check_report(ROOT / data, PROJECT), folder / name, ("pdf",))
        save(pages(made.files[0], 1, SINGLE_DPI)[0], name)
        yield name
    for name, (data, count, dpi) in BESIDE.items():
        docx, pdf = build_report(check_report(ROOT / data, PROJECT), folder / name, ("docx", "pdf")).files
        (office := folder / "office" / name).mkdir(
            parents=True
        )  # Beside `docx` it would take the place of `pdf`.
        shown = (pages(file, count, dpi) for file in (pdf, render(docx, office)))
        save(sheet([*zip(*shown, strict=True)]), name)
        yield name


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for drawn in draw(Path(place)):
            sys.stdout.write(f"docs/images/{drawn}.png\n")
