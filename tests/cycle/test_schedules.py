"""The files of docs/schedule: what the machine can judge of them, and that they run the command that is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from zhibi.cli.due import due

ROOT = Path(__file__).resolve().parents[2]
SCHEDULE = ROOT / "docs" / "schedule"
PLACE = "/opt/zhibi"
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"

needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed"
)


def text_of(name: str) -> str:
    return (SCHEDULE / name).read_text(encoding="utf-8")


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


def settings(name: str) -> dict[str, str]:
    """Return key -> value of a unit; no key of these stands twice."""
    pairs = re.findall(r"(?m)^(\w+)=(.*)$", text_of(name))
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def assert_runs_due(words: list[str], rest: tuple[str, ...] = ()) -> None:
    """Say whether words after the interpreter run `due` with options that it has."""
    assert (Path(words[0]).name, words[1], words[2:]) == ("build.py", "due", ["--build", *rest])
    with due.make_context("due", words[2:], resilient_parsing=False) as context:
        assert context.params["build"] is True


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Copies of the units with the paths of this machine."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    shutil.copy(ROOT / "build.py", tmp_path)
    for name in ("zhibi-due.service", "zhibi-due.timer"):
        (tmp_path / name).write_text(text_of(name).replace(PLACE, str(tmp_path)), encoding="utf-8")
    return tmp_path


@needs_systemd
@pytest.mark.parametrize("name", ["zhibi-due.service", "zhibi-due.timer"])
def test_systemd_finds_nothing_wrong(units: Path, name: str) -> None:
    said = analyze("verify", str(units / name))
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


@needs_systemd
def test_systemd_would_find_a_mistake(units: Path) -> None:
    service = units / "zhibi-due.service"
    service.write_text(service.read_text(encoding="utf-8").replace("Type=oneshot", "Type=einmal"), "utf-8")
    assert "einmal" in analyze("verify", str(service)).stderr


@needs_systemd
def test_the_timer_rings_every_day_at_half_past_seven_in_beijing() -> None:
    when = settings("zhibi-due.timer")["OnCalendar"]
    said = analyze("calendar", "--base-time=2026-10-01 00:00:00 UTC", "--iterations=3", when)
    assert said.returncode == 0, said.stderr
    times = re.findall(r"(?:Next elapse|\(in UTC\)|Iter\. #\d): \w+ (\S+ \S+ UTC)", said.stdout)
    assert sorted(set(times)) == [f"2026-10-0{day} 23:30:00 UTC" for day in (1, 2, 3)]


def test_the_timer_makes_up_for_what_was_missed() -> None:
    timer = settings("zhibi-due.timer")
    assert timer["Persistent"] == "true"
    assert timer["OnCalendar"].endswith(" Asia/Shanghai")
    assert re.fullmatch(r"\d+min", timer["RandomizedDelaySec"])
    assert timer["WantedBy"] == "timers.target"


def test_the_service_runs_due() -> None:
    service = settings("zhibi-due.service")
    python, *words = service["ExecStart"].split()
    assert python == f"{service['WorkingDirectory']}/.venv/bin/python"
    assert words[0] == f"{service['WorkingDirectory']}/build.py"
    assert_runs_due(words)
    assert (service["Type"], service["WorkingDirectory"]) == ("oneshot", PLACE)


def test_the_crontab_has_five_fields_a_zone_and_a_command() -> None:
    *_, zone, line = text_of("zhibi-due.crontab").splitlines()
    assert zone == "CRON_TZ=Asia/Shanghai"
    *fields, command = line.split(maxsplit=5)
    assert fields == ["30", "7", "*", "*", "*"]
    assert "%" not in command  # cron would make a line end of it.
    change, _, run = command.partition(" && ")
    assert change == f"cd {PLACE}"
    python, *words = run.split()
    assert python == ".venv/bin/python"
    assert_runs_due(words, ("--quiet",))


def test_the_task_of_windows_has_what_the_scheduler_needs() -> None:
    raw = (SCHEDULE / "zhibi-due.xml").read_bytes()
    assert raw.isascii()  # schtasks and PowerShell guess different encodings for anything else.
    root = ElementTree.fromstring(raw)
    assert (root.tag, root.get("version")) == (f"{TASK}Task", "1.2")
    assert [child.tag.removeprefix(TASK) for child in root] == [
        *("RegistrationInfo", "Triggers", "Principals", "Settings", "Actions")
    ]
    assert all(element.tag.startswith(TASK) for element in root.iter())

    def text(path: str) -> str:
        found = root.findall("/".join(f"{TASK}{name}" for name in path.split("/")))
        assert len(found) == 1, path
        return found[0].text or ""

    trigger = "Triggers/CalendarTrigger"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT07:30:00\+08:00", text(f"{trigger}/StartBoundary"))
    assert text(f"{trigger}/ScheduleByDay/DaysInterval") == "1"
    assert text("Settings/StartWhenAvailable") == "true"
    assert text("Settings/MultipleInstancesPolicy") == "IgnoreNew"
    assert root.find(f"{TASK}Actions").get("Context") == root.find(f"{TASK}Principals/*").get("id")  # type: ignore[union-attr]
    folder = text("Actions/Exec/WorkingDirectory")
    assert text("Actions/Exec/Command") == rf"{folder}\.venv\Scripts\python.exe"
    assert_runs_due(text("Actions/Exec/Arguments").split())


def test_the_page_names_every_file_and_every_exit_code() -> None:
    page = text_of("README.md")
    names = {file.name for file in SCHEDULE.iterdir()} - {"README.md"}
    assert names == {f"zhibi-due.{ending}" for ending in ("service", "timer", "crontab", "xml")}
    assert all(name in page for name in names)
    assert re.findall(r"(?m)^\| (\d+) \|", page) == ["0", "1", "2", "3", "4", "5", "130"]
    assert PLACE in page
