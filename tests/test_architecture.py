"""Imports run one way: cli -> pipeline -> stages -> {styles, numbering} -> {nodes, model, errors}.

The map below is the order of the house; a module may import only modules of a lower storey (or its own
package). A planted fault must make the check fail.
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "zhibi"

STOREYS = (
    (
        "errors",
        "kinds",
        "serials",
        "dates",
        "values",
        "folders",
        "signals",
        "aside",
        "arithmetic",
        "statuses",
        "font_folders",
    ),
    ("periods", "freshness", "made"),
    ("plain", "nodes", "measuring", "typed_text", "font_files"),
    ("paragraphs", "typography", "sandbox", "pictures", "reading"),
    ("styles",),
    ("schema", "round_trip"),
    ("validating", "families", "look", "records"),
    ("fonts", "output", "body", "numbering", "totals", "signing", "own_measure", "workbooks", "prose"),
    ("advances", "font_verdict", "heads", "plots", "properties"),
    ("templates", "tables", "layout"),
    ("markup", "placing", "status_page"),
    ("paper", "writers"),
    ("model", "importer"),
    ("checks", "schema_files", "doctor"),
    ("rule_pages",),
    ("pipeline", "foreign"),
    ("jobs", "cycle"),
    ("workers",),
    ("cluster",),
    ("cli",),
)
LEVEL = {name: level for level, names in enumerate(STOREYS) for name in names}
ALLOWED_UP = {("body", "tables")}
"""Cells hold body text and body text holds tables; the one import that is made inside a function."""


def imports_of(source: str) -> set[str]:
    """Return the first name below `zhibi` of every module that `source` imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module == "zhibi":
            found |= {alias.name for alias in node.names if not alias.name.startswith("__")}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("zhibi."):
            found.add((node.module or "").split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("zhibi.")}
    return found


def faults_of(room: str, source: str) -> list[str]:
    """Return the imports of `source` that do not run downwards."""
    return sorted(
        f"{room} -> {other}"
        for other in imports_of(source)
        if other != room and (room, other) not in ALLOWED_UP and LEVEL[other] >= LEVEL[room]
    )


def rooms() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in sorted(HOUSE.rglob("*.py")):
        found.setdefault(path.relative_to(HOUSE).parts[0].removesuffix(".py"), []).append(path)
    found.pop("__init__")
    return found


def test_every_room_has_its_storey() -> None:
    assert len(rooms()) > 20
    assert set(rooms()) <= set(LEVEL)
    assert set(LEVEL) <= set(rooms()), "a storey names a room that is gone"


def test_imports_run_one_way() -> None:
    faults = [
        fault
        for room, paths in rooms().items()
        for path in paths
        for fault in faults_of(room, path.read_text(encoding="utf-8"))
    ]
    assert faults == []


def test_a_planted_fault_is_found() -> None:
    assert faults_of("nodes", "from zhibi.pipeline import build_report") == ["nodes -> pipeline"]
    assert faults_of("writers", "import zhibi.model") == ["writers -> model"]
    assert faults_of("styles", "from zhibi import styles, cli") == ["styles -> cli"]


def test_only_the_command_line_prints() -> None:
    printing = [
        path.parent.name
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"print", "click.echo", "sys.stdout.write"}
    ]
    assert set(printing) == {"cli"}


def test_writers_know_only_pages() -> None:
    known = {
        other
        for path in (HOUSE / "writers").rglob("*.py")
        for other in imports_of(path.read_text(encoding="utf-8"))
    }
    assert known
    assert known <= {"writers", "layout", "nodes", "styles", "typography", "fonts", "errors"}
