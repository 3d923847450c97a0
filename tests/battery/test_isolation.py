"""A bad report never stops the others, and no odd terminal, user or signal spoils a run: B14, B16, B17.

Rows 95, 111-115 (and 87, 104 in part) of the fault table. Only *.docx and *.pdf that lie directly in the
output folder are looked at: what else the program keeps there is its own business.
"""

from __future__ import annotations

import itertools
import json
import os
import pty
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.battery.office import (
    INPUT,
    INTERRUPTED,
    NOT_WRITTEN,
    OK,
    ROOT,
    SOME,
    Said,
    copy_program,
    papers,
    run,
)

NAMES = "甲乙丙丁戊"
OUTPUT = "成品"
RUNAWAY = "---\n版本: 1\n说明: 不停\n---\n{% for a in range(99999) %}{% for b in range(99999) %}字{% endfor %}{% endfor %}\n"
UNDEFINED = "---\n版本: 1\n说明: 取错\n---\n{{ 没有这个名称 }}\n"
BUILD = ("--config", "config.yaml", "--format", "docx")


def paper(name: str, words: str = "请按时报送。", more: str = "", template: str = "文稿") -> str:
    body = f"正文: [{words}]\n" if template == "文稿" else ""
    return f"版本: 1\n模板: {template}\n标题: 关于{name}的通知\n{more}{body}成文日期: 2026-09-30\n"


POISONED = {
    "甲": paper("甲").replace("标题: ", '标题: "'),
    "乙": paper("乙", more="主送单位: 各镇：\n"),
    "丙": paper("丙", template="取错"),
    "丁": paper("丁", words="请用\ue123字。"),
}
"""Report -> its data spoiled in its own way; 戊 is sound, but a folder stands where its file goes."""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with two bad templates."""
    folder = copy_program(tmp_path_factory.mktemp("程序"))
    (folder / "templates" / "取错.jinja").write_text(UNDEFINED, encoding="utf-8")
    (folder / "templates" / "不停.jinja").write_text(RUNAWAY, encoding="utf-8")
    return folder


def lay_out(folder: Path, data: dict[str, str]) -> Path:
    """Write an office's folder: a report for each data file."""
    folder.mkdir(exist_ok=True)
    for name, text in data.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    rows = "".join(f"  - {{名称: {name}, 数据: {name}.yaml}}\n" for name in data)
    (folder / "config.yaml").write_text(f"版本: 1\n输出: {OUTPUT}\n报告:\n{rows}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, program: Path) -> Path:
    """A folder whose five reports were built last quarter."""
    folder = lay_out(tmp_path_factory.mktemp("上季") / "办", {name: paper(name) for name in NAMES})
    assert run(BUILD, folder, program=program).code == OK
    assert len(papers(folder / OUTPUT)) == len(NAMES)
    return folder


def file_of(name: str) -> str:
    return f"关于{name}的通知.docx"


@pytest.fixture
def office(built: Path, tmp_path: Path) -> Path:
    """The same folder, with new words in every report."""
    shutil.copytree(built, tmp_path / "办")
    return lay_out(tmp_path / "办", {name: paper(name, "请按新的时间报送。") for name in NAMES})


def subsets() -> list[frozenset[str]]:
    """Return every set of reports, those that differ most first."""
    whole = [frozenset(chosen) for size in range(6) for chosen in itertools.combinations(NAMES, size)]
    first = [frozenset(chosen) for chosen in ("", "乙丙", "甲丁戊", NAMES, "甲乙丙丁", "戊")]
    return first + [chosen for chosen in whole if chosen not in first]


def test_exactly_the_healthy_reports_are_built(
    built: Path, program: Path, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    assert len(subsets()) == 32
    for number, bad in enumerate(subsets()[: rounds(3, 32)]):
        folder = tmp_path / str(number)
        shutil.copytree(built, folder)
        poisoned_build(folder, program, bad, as_json=bool(number % 2))


def poisoned_build(folder: Path, program: Path, bad: frozenset[str], *, as_json: bool) -> None:
    """Spoil the reports `bad`, build all, and see who was built and what was said."""
    data = {name: paper(name, "请按新的时间报送。") for name in NAMES}
    lay_out(folder, {name: POISONED.get(name, text) if name in bad else text for name, text in data.items()})
    if "戊" in bad:
        (folder / OUTPUT / file_of("戊")).unlink()
        (folder / OUTPUT / file_of("戊")).mkdir()
    before = papers(folder / OUTPUT)
    said = run([*BUILD, *(["--json"] if as_json else [])], folder, program=program)
    after = papers(folder / OUTPUT)
    changed = {name for name in NAMES if before.get(file_of(name)) != after.get(file_of(name))}
    assert changed == set(NAMES) - bad, said
    code = NOT_WRITTEN if "戊" in bad else OK if not bad else INPUT if len(bad) == len(NAMES) else SOME
    assert said.code == code, (bad, said)
    assert set(after) - set(before) == set(), "nothing new may lie about"
    spoken_of(said, bad, as_json=as_json)


def spoken_of(said: Said, bad: frozenset[str], *, as_json: bool) -> None:
    """Judge what was said: the count, and a word on every bad report and on no other."""
    if as_json:
        told = json.loads(said.out)
        assert sorted(Path(file).name for file in told["built"]) == sorted(map(file_of, set(NAMES) - bad))
        problems = " ".join(problem["file"] for problem in told["problems"])
        assert said.err == ""
    else:
        problems = said.err
        left = f"，{len(bad)} 份没有生成" if bad else ""
        assert re.search(rf"共 5 份报告，生成 {len(NAMES) - len(bad)} 份{left}", said.out), said.out
    for name in NAMES:
        mark = {"丙": "取错.jinja", "戊": f"{OUTPUT}/"}.get(name, f"{name}.yaml")
        assert (mark in problems) == (name in bad), (name, problems)


def test_a_template_that_never_ends_is_stopped(
    office: Path, program: Path, rounds: Callable[[int, int], int]
) -> None:
    if not rounds(0, 1):
        pytest.skip("waits for the time limit: full battery only")
    (office / "丙.yaml").write_text(paper("丙", template="不停"), encoding="utf-8")
    before = papers(office / OUTPUT)
    said = run(BUILD, office, program=program)
    after = papers(office / OUTPUT)
    assert said.code == SOME
    assert {name for name in NAMES if before[file_of(name)] != after[file_of(name)]} == set(NAMES) - {"丙"}


def test_two_reports_on_one_file_leave_both_old_papers(office: Path, program: Path) -> None:
    (office / "乙.yaml").write_text(paper("乙", more="文件名: 关于甲的通知\n"), encoding="utf-8")
    old = papers(office / OUTPUT)
    said = run(BUILD, office, program=program)
    assert said.code == SOME
    new = papers(office / OUTPUT)
    assert set(new) == set(old)
    assert new[file_of("乙")] == old[file_of("乙")]
    assert "乙.yaml" in said.err
    assert all(new[file_of(name)] != old[file_of(name)] for name in "丙丁戊")


NOTHING: Sequence[tuple[str, Sequence[str]]] = (
    ("版本: 1\n报告: []\n", ()),
    ("版本: 1\n", ()),
    ("", ()),
    ("版本: 1\n报告: [{名称: 甲, 数据: 没有.yaml}]\n", ()),
    ("版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n", ("没有",)),
    ("版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n", ("没有.yaml",)),
    ("版本: 1\n报告: [{名称: 甲, 数据: 甲.yaml}]\n", ("",)),
)


def test_nothing_to_build_is_never_success(office: Path, rounds: Callable[[int, int], int]) -> None:
    before = papers(office / OUTPUT)
    for config, names in NOTHING[: rounds(2, 10)]:
        (office / "config.yaml").write_text(config, encoding="utf-8")
        said = run([*names, "--config", "config.yaml"], office)
        assert said.code == INPUT, (config, names, said)
        assert re.search(r"(错误：.+ —— .+)", said.err), said
    assert papers(office / OUTPUT) == before


BROKEN_STREAMS = (
    'exec "$@" >&- 2>&- <&-',
    'exec "$@" >&-',
    'exec "$@" 2>&-',
    'exec "$@" <&-',
    'exec "$@" >/dev/full',
    'exec "$@" 2>/dev/full',
)


def test_a_build_needs_no_streams(office: Path, rounds: Callable[[int, int], int]) -> None:
    """A service has no terminal, and what it is given instead may be closed or full."""
    old = papers(office / OUTPUT)
    for number, shell in enumerate(BROKEN_STREAMS[: rounds(1, 10)]):
        lay_out(office, {name: paper(name, f"请按第{number}次通知报送。") for name in "甲乙"})
        said = run(BUILD, office, before=("sh", "-c", shell, "sh"))
        new = papers(office / OUTPUT)
        assert said.code == OK, (shell, said)
        assert all(new[file_of(name)] != old[file_of(name)] for name in "甲乙"), shell
        old = new


def test_a_reader_that_goes_away_stops_no_report(office: Path) -> None:
    """As in `build.py | head -0`: nobody reads, all is built."""
    old = papers(office / OUTPUT)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, str(ROOT / "build.py"), *BUILD]
    done = subprocess.run(
        command, cwd=office, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=120
    )
    os.close(writing)
    assert "Traceback" not in done.stderr
    assert done.returncode == OK
    new = papers(office / OUTPUT)
    assert all(new[name] != old[name] for name in old)


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
    old = papers(office / OUTPUT)
    for number, environment in enumerate(POOR[: rounds(1, 10)]):
        lay_out(office, {"甲": paper("甲", f"请按第{number}次通知报送。"), "乙": POISONED["乙"]})
        said = run(BUILD, office, environment=environment)
        new = papers(office / OUTPUT)
        assert said.code == SOME, (environment, said)
        assert new[file_of("甲")] != old[file_of("甲")], environment
        assert new[file_of("乙")] == old[file_of("乙")], environment
        assert "yaml:4:1" in said.err
        old = new


def test_without_the_font_programs_the_message_is_clear(office: Path) -> None:
    old = papers(office / OUTPUT)
    said = run(BUILD, office, environment={"PATH": "/nonexistent"})
    assert said.code == INPUT
    assert "不能查询本机字体" in said.err
    assert papers(office / OUTPUT) == old


def can(*command: str) -> bool:
    """Tell whether this machine lets us run `command`."""
    if not shutil.which(command[0]):
        return False
    return not subprocess.run([*command, "true"], check=False, capture_output=True).returncode


@pytest.mark.skipif(not can("unshare", "-n"), reason="no network namespaces here")
def test_no_network_is_needed(office: Path, rounds: Callable[[int, int], int]) -> None:
    old = papers(office / OUTPUT)
    words = ["甲", "--config", "config.yaml", "--format", ("docx", "docx,pdf")[rounds(0, 1)]]
    said = run(words, office, before=("unshare", "-n"))
    assert said.code == OK, said
    new = papers(office / OUTPUT)
    assert new[file_of("甲")] != old[file_of("甲")]
    assert ("关于甲的通知.pdf" in new) == bool(rounds(0, 1))


def test_a_working_folder_that_is_gone_is_no_fault(office: Path, tmp_path: Path) -> None:
    (tmp_path / "走").mkdir()
    shell = ("sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh")
    words = ["甲", "--config", str(office / "config.yaml"), "--format", "docx"]
    said = run(words, tmp_path / "走", before=shell)
    assert said.code == OK, said
    again = run(["甲", "--config", "config.yaml"], make(tmp_path / "又走"), before=shell)
    assert again.code == INPUT, again
    assert " 错误：" in again.err


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder


SPOKEN: Sequence[tuple[Sequence[str], int]] = (
    (["--config", "config.yaml"], SOME),
    (["--config", "没有.yaml"], INPUT),
    (["--formt", "docx"], INPUT),
    (["没有", "--config", "config.yaml"], INPUT),
    (["乙", "--config", "config.yaml"], INPUT),
    (["--config", "config.yaml", "--format", "doc"], INPUT),
    (["甲", "--config", "config.yaml", "--out", "config.yaml"], NOT_WRITTEN),
    (["check", "--config", "config.yaml"], SOME),
    (["list", "--config", "config.yaml"], OK),
    (["list", "--config", "没有.yaml"], INPUT),
    (["import", "没有.docx"], INPUT),
    (["import"], INPUT),
    (["measure", "没有.pdf"], INPUT),
)


def test_json_is_one_document_whatever_happens(office: Path, rounds: Callable[[int, int], int]) -> None:
    (office / "乙.yaml").write_text(POISONED["乙"], encoding="utf-8")
    for words, code in SPOKEN[: rounds(3, 20)]:
        said = run([*words, "--json"], office)
        assert said.code == code, (words, said)
        told = json.loads(said.out or "无")
        assert isinstance(told, dict), words
        if code:
            assert told["problems"], words
            assert all(problem["message"] for problem in told["problems"]), words
        assert said.err == "", words


def interrupted(office: Path, words: Sequence[str], what: signal.Signals, delay: float) -> tuple[int, str]:
    """Build, send a signal after `delay` seconds, and return exit code and words; all processes must be gone.

    Ctrl-C reaches every process of the terminal, a scheduler's SIGTERM the first only.
    """
    command = [sys.executable, str(ROOT / "build.py"), *words]
    process = subprocess.Popen(
        command, cwd=office, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    )
    time.sleep(delay)
    if process.poll() is None:
        (os.killpg if what is signal.SIGINT else os.kill)(process.pid, what)
    said = process.communicate(timeout=60)[0].decode("utf-8", "replace")
    end = time.monotonic() + 10
    while time.monotonic() < end and alive(process.pid):
        time.sleep(0.05)
    assert not alive(process.pid), "a process of the run goes on"
    return process.returncode, said


def alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_signal_leaves_whole_papers(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    first, second = ({name: paper(name, f"请{words}报送。") for name in "甲乙"} for words in ("早", "晚"))
    office = lay_out(tmp_path / "办", first)
    words = ["--config", "config.yaml", "--format", ("docx", "docx,pdf")[rounds(0, 1)]]
    assert run(words, office).code == OK
    old = papers(office / OUTPUT)
    began = time.monotonic()
    assert run(words, lay_out(tmp_path / "样", second)).code == OK
    whole = time.monotonic() - began
    new = papers(tmp_path / "样" / OUTPUT)
    chance = random.Random(4)
    for number in range(rounds(1, 80)):
        what = (signal.SIGINT, signal.SIGTERM)[number % 2]
        shutil.rmtree(tmp_path / "试", ignore_errors=True)
        folder = lay_out(Path(shutil.copytree(office, tmp_path / "试")), second)
        delay = chance.uniform(0.02, whole)
        code, said = interrupted(folder, words, what, delay)
        assert code in {OK, INTERRUPTED, -what, 128 + what}, (what, delay, code, said)
        # Before its first line runs, the interpreter itself says what it likes.
        assert "Traceback" not in said or "build.py" not in said, (delay, said)
        after = papers(folder / OUTPUT)
        assert_whole_pairs(after, old, new)
        assert code != OK or after == new, (delay, said)
        again = run(words, folder)
        assert (again.code, papers(folder / OUTPUT)) == (OK, new), again
        assert left_behind(folder) == [], "the next run sweeps"


def assert_whole_pairs(after: dict[str, str], old: dict[str, str], new: dict[str, str]) -> None:
    """Each report has both its old papers or both its new ones."""
    assert set(after) == set(old)
    for name in "甲乙":
        pair = [file for file in after if file.startswith(f"关于{name}")]
        found = [after[file] for file in pair]
        assert found in ([old[file] for file in pair], [new[file] for file in pair]), name


def left_behind(folder: Path) -> list[str]:
    """Return temporary files directly in the output folder."""
    return [
        file.name for file in (folder / OUTPUT).iterdir() if file.name.startswith(".~") or "tmp" in file.name
    ]


_CONNECT = re.compile(r"(?:connect|sendto|bind)\(.*?sa_family=AF_INET6?")
_CALL = re.compile(
    r"(?:openat\((?P<base>\S+?), (?P<path>\"(?:\\.|[^\"])*\"), (?P<flags>[A-Z_|]+)"
    r"|\b(?:rename|renameat|renameat2|link|linkat|symlink|symlinkat|mkdir|mkdirat|creat|unlink|unlinkat|truncate)"
    r"\((?P<rest>.*))"
)
_QUOTED = re.compile(r'"(?:\\.|[^"\\])*"')


def test_a_build_writes_where_it_should_and_calls_nobody(
    tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    if not can("strace", "-f"):
        pytest.skip("strace is not allowed here")
    office, out, temporary = lay_out(tmp_path / "办", {"甲": paper("甲")}), tmp_path / "出", tmp_path / "临时"
    temporary.mkdir()
    log = tmp_path / "记录"
    config = (ROOT if rounds(0, 1) else office) / "config.yaml"
    trace = ("strace", "-f", "-qq", "-s", "4096", "-e", "trace=network,file", "-o", str(log))
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(temporary)}
    words = ["--config", str(config), "--out", str(out), "--format", "docx,pdf"]
    assert run(words, office, environment=environment, before=trace).code == OK
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    assert len(lines) > 500
    assert any("关于甲" in path or path.endswith(".pdf") for line in lines for path in written(line, office))
    assert [line for line in lines if _CONNECT.search(line)] == []
    allowed = (
        str(out),
        str(temporary),
        "/var/cache/fontconfig",
        "/dev/null",
        "/dev/tty",
        "/dev/shm",
        "/proc/self",
    )
    allowed += (os.path.expanduser("~/.cache/fontconfig"),)
    strange = [path for line in lines for path in written(line, office) if not path.startswith(allowed)]
    assert strange == []


def written(line: str, folder: Path) -> list[str]:
    """Return the paths that a line of strace makes, changes or takes away; what failed counts too."""
    call = _CALL.search(line)
    if not call:
        return []
    if call["path"] and not re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC", call["flags"]):
        return []
    quoted = [call["path"]] if call["path"] else _QUOTED.findall(call["rest"])
    return [os.path.normpath(folder / unescape(one)) for one in quoted]


def unescape(quoted: str) -> str:
    """Return the path that strace prints with octal escapes for what is not ASCII."""
    return (
        quoted[1:-1].encode("latin-1").decode("unicode_escape").encode("latin-1").decode("utf-8", "replace")
    )
