"""The schema files that editors read are the very schemas that the program validates with."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from zhibi.model import Project
from zhibi.schema_files import schema_files

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "data" / "schema"
FILES = schema_files(Project(ROOT, ROOT / "templates"))
YAML_FILES = [*sorted((ROOT / "data").glob("*.yaml")), ROOT / "config.yaml"]


def test_schema_files_are_fresh() -> None:
    assert len(FILES) >= 9
    assert {path.name for path in FOLDER.iterdir()} == set(FILES)
    for name, text in FILES.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"run: python build.py schema ({name})"


@pytest.mark.parametrize("name", FILES)
def test_schemas_are_valid_and_described(name: str) -> None:
    schema = json.loads(FILES[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"]
    described = [
        key for key, value in schema["properties"].items() if "description" in value or "$ref" in value
    ]
    assert len(described) >= len(schema["properties"]) // 2


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: path.name)
def test_every_yaml_file_names_its_schema_first(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
    assert match
    assert (path.parent / match[1]).is_file()


def test_there_are_samples() -> None:
    assert len(YAML_FILES) >= 9
