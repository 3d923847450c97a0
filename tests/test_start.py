"""What a command loads: only what it needs, and what a worker has loaded its parent need not load again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.test_cli import run
from zhibi.cli.commands import PLACES, cli
from zhibi.cli.words import ChineseGroup
from zhibi.jobs import clauses_of
from zhibi.model import FORMATS
from zhibi.pipeline import WRITERS
from zhibi.rule_pages import clauses, pages

ROOT = Path(__file__).resolve().parent.parent
PAPER = "版本: 1\n模板: 文稿\n标题: 关于报送的通知\n正文:\n  - 请各单位按时报送材料,不要迟报。\n"
LOADED = f"""\
import sys
sys.path.insert(0, {str(ROOT)!r})
if __name__ == "__main__":
    from zhibi.cli import main
    main(sys.argv[2:])
    heavy = set(sys.modules) & set(sys.argv[1].split(","))
    print("loaded:", sorted(heavy), file=sys.stderr)
"""
STAGES = "jinja2,PIL,jsonschema,zhibi.checks,zhibi.nodes,zhibi.paper,zhibi.pipeline,zhibi.model.source,zhibi.cluster"


def loaded(folder: Path, names: str, *words: str) -> str:
    """Run a command in a process of its own and return which of the named modules it has loaded in the end."""
    script = folder / "跑.py"
    script.write_text(LOADED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, names, *words], cwd=folder, capture_output=True, text=True, encoding="utf-8"
    )
    return done.stderr.splitlines()[-1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "甲.yaml").write_text(PAPER.replace(",", "，"), encoding="utf-8")
    (tmp_path / "乙.yaml").write_text(PAPER, encoding="utf-8")
    return tmp_path


def test_who_builds_loads_no_stage(folder: Path) -> None:
    words = ("甲.yaml", "--format", "docx", "--out", "成品", "--force")
    assert loaded(folder, STAGES, *words) == "loaded: []"
    assert list((folder / "成品").glob("*.docx"))


@pytest.mark.parametrize("name", ["甲.yaml", "乙.yaml"])
def test_who_checks_loads_no_rule(folder: Path, name: str) -> None:
    assert loaded(folder, STAGES, "check", name) == "loaded: []"


def test_a_command_loads_no_other(folder: Path) -> None:
    others = ",".join(
        f"zhibi.cli.{name}" for name in ("build", "check", "collect", "due", "measure", "watch")
    )
    assert loaded(folder, f"{others},zhibi.measuring", "doctor", "--help") == "loaded: []"


def test_a_paper_without_pictures_needs_no_pillow() -> None:
    program = "import sys, zhibi.pipeline; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0


def test_each_command_stands_at_its_place() -> None:
    assert isinstance(cli, ChineseGroup)
    with click.Context(cli) as context:
        commands = [cli.get_command(context, name) for name in cli.list_commands(context)]
        assert cli.get_command(context, "没有的命令") is None
    assert [command.name for command in commands if command] == sorted(PLACES)


def test_what_can_be_asked_for_can_be_written() -> None:
    assert tuple(WRITERS) == FORMATS


def test_a_finding_tells_its_clause_though_only_the_worker_knows_the_rules(folder: Path) -> None:
    said = run(["check", "乙.yaml"], folder)
    clause = clauses()["半角标点"].partition("；")[0].partition("（")[0]
    assert "〔半角标点〕" in said.out
    assert f"依据：{clause}" in said.out


def test_clauses_are_those_of_the_manual() -> None:
    assert clauses() == {page.rule: page.clause.partition("。")[0] for page in pages()}
    assert clauses_of(()) == {}
