"""No odd terminal, user or folder spoils a run: rows 95, 113 and 114 of the fault table."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.battery.office import (
    BUILD,
    INPUT,
    NAMES,
    OK,
    OUTPUT,
    POISONED,
    ROOT,
    SOME,
    can,
    file_of,
    lay_out,
    new_words,
    paper,
    papers,
    run,
)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with five reports that were never built."""
    return new_words(tmp_path / "办")


BROKEN_STREAMS = (
    'exec "$@" >&- 2>&- <&-',
    'exec "$@" >&-',
    'exec "$@" 2>&-',
    'exec "$@" <&-',
    'exec "$@" >/dev/full',
    'exec "$@" 2>/dev/full',
)


def test_a_service_without_anything_builds_all(office: Path) -> None:
    """Nobody reads, as in `build.py | head -0`, nothing else is open, no network, no home, a narrow locale."""
    reading, writing = os.pipe()
    os.close(reading)
    before = ("unshare", "-n") if can("unshare", "-n") else ()
    shell = ("sh", "-c", 'exec "$@" 2>&- <&-', "sh")
    command = [*before, *shell, sys.executable, str(ROOT / "build.py"), *BUILD]
    environment = {name: text for way in POOR for name, text in way.items()}
    done = subprocess.run(command, cwd=office, env=environment, stdout=writing, check=False, timeout=120)
    os.close(writing)
    assert done.returncode == OK
    assert set(papers(office / OUTPUT)) == set(map(file_of, NAMES))


def test_a_command_needs_no_streams(office: Path) -> None:
    """What is closed when the program starts must not be met again as the number of a file."""
    shell = ("sh", "-c", BROKEN_STREAMS[0], "sh")
    assert run(["list", "--config", "config.yaml"], office, before=shell).code == OK
    assert run(["list", "--formt"], office, before=shell).code == INPUT


def test_a_build_needs_no_streams(office: Path, rounds: Callable[[int, int], int]) -> None:
    """A service has no terminal, and what it is given instead may be closed or full."""
    old: dict[str, str] = {}
    for number, shell in enumerate(BROKEN_STREAMS[: rounds(0, 10)]):
        new_words(office, f"请按第{number}次通知报送。", "甲乙")
        said = run(BUILD, office, before=("sh", "-c", shell, "sh"))
        new = papers(office / OUTPUT)
        assert said.code == OK, (shell, said)
        assert all(new[file_of(name)] != old.get(file_of(name)) for name in "甲乙"), shell
        old = new


def test_a_full_disk_behind_the_words_is_worth_a_word(office: Path) -> None:
    said = run(["list", "--config", "config.yaml"], office, before=("sh", "-c", 'exec "$@" >/dev/full', "sh"))
    assert said.code == OK
    assert said.err == "命令行 提醒：屏幕上的话写不出去（磁盘空间不足） —— 成品不受影响\n"


def test_a_terminal_is_served_too(office: Path, rounds: Callable[[int, int], int]) -> None:
    if not rounds(0, 1):
        pytest.skip("full battery only")
    owner, terminal = pty.openpty()
    command = [sys.executable, str(ROOT / "build.py"), *BUILD]
    with subprocess.Popen(command, cwd=office, stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        said = b""
        while chunk := read_terminal(owner):
            said += chunk
        assert process.wait(timeout=120) == OK
    assert "共 5 份报告，生成 5 份" in said.decode("utf-8", "replace")


def read_terminal(owner: int) -> bytes:
    try:
        return os.read(owner, 4096)
    except OSError:  # Linux says so when the other end is closed.
        return b""


POOR: Sequence[dict[str, str]] = (
    {"PATH": "/usr/bin:/bin", "LANG": "C"},
    {"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "gbk"},
    {"PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "ascii:strict"},
    {
        "PATH": "/usr/bin:/bin",
        "HOME": "/nonexistent",
        "TMPDIR": "/nonexistent",
        "XDG_CACHE_HOME": "/dev/null",
    },
    {"PATH": "/usr/bin:/bin", "TERM": "dumb", "COLUMNS": "1"},
)


def test_a_poor_environment_is_enough(office: Path, rounds: Callable[[int, int], int]) -> None:
    old: dict[str, str] = {}
    for number, environment in enumerate(POOR[: rounds(0, 10)]):
        lay_out(office, {"甲": paper("甲", f"请按第{number}次通知报送。"), "乙": POISONED["乙"]})
        said = run(BUILD, office, environment=environment)
        new = papers(office / OUTPUT)
        assert said.code == SOME, (environment, said)
        assert new[file_of("甲")] != old.get(file_of("甲")), environment
        assert file_of("乙") not in new, environment
        assert "yaml:4:1" in said.err
        old = new


@pytest.fixture(scope="module")
def gbk_locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of locales with an installed GBK one."""
    folder = tmp_path_factory.mktemp("语言")
    make_locale = ["localedef", "-f", "GBK", "-i", "zh_CN", str(folder / "zh_CN.GBK")]
    try:
        subprocess.run(make_locale, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no GBK locale can be made here")
    return folder


def test_a_gbk_terminal_names_chinese_reports_and_reads_the_answer(office: Path, gbk_locales: Path) -> None:
    environment = {**os.environ, "LOCPATH": str(gbk_locales), "LC_ALL": "zh_CN.GBK", "PYTHONUTF8": "0"}
    environment.pop("PYTHONIOENCODING", None)
    command = [os.fsencode(sys.executable), os.fsencode(ROOT / "build.py"), b"check", "甲".encode("gbk")]
    command += [b"--config", b"config.yaml"]
    done = subprocess.run(command, cwd=office, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (OK, b"")
    assert "甲" in done.stdout.decode("gbk")


def test_a_locale_without_chinese_finds_chinese_files(office: Path) -> None:
    environment = {**os.environ, "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    said = run(["list", "--config", str(office / "config.yaml"), "--json"], office, environment=environment)
    assert said.code == OK, said
    assert all(f"{name}.yaml" in said.out for name in NAMES)


def test_without_the_font_programs_the_message_is_clear(office: Path) -> None:
    new_words(office, names="甲")
    said = run(BUILD, office, environment={"PATH": "/nonexistent"})
    assert said.code == INPUT
    assert "不能查询本机字体" in said.err
    assert papers(office / OUTPUT) == {}


@pytest.mark.skipif(not can("unshare", "-n"), reason="no network namespaces here")
def test_no_network_is_needed(office: Path, rounds: Callable[[int, int], int]) -> None:
    if not rounds(0, 1):
        pytest.skip("the service above has no network either: full battery only")
    words = ["甲", "--config", "config.yaml", "--format", "docx,pdf"]
    said = run(words, office, before=("unshare", "-n"))
    assert said.code == OK, said
    assert set(papers(office / OUTPUT)) == {"关于甲的通知.docx", "关于甲的通知.pdf"}


def test_a_working_folder_that_is_gone_is_no_fault(office: Path, tmp_path: Path) -> None:
    (tmp_path / "走").mkdir()
    shell = ("sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh")
    words = ["甲", "--config", str(office / "config.yaml"), "--format", "docx"]
    said = run(words, tmp_path / "走", before=shell)
    assert said.code == OK, said
    again = run(["甲", "--config", "config.yaml"], make(tmp_path / "又走"), before=shell)
    assert again.code == INPUT, again
    assert "命令行 错误：当前文件夹已经被删除，“config.yaml”无从找起 —— " in again.err


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder
