"""The same input gives the same bytes, whatever the machine: B19, rows 92-94 and 114 of the fault table.

Clock, time zone, locale, hash seed, SOURCE_DATE_EPOCH, folder and user are turned together: a few ways in
`make test`, every pair of their values on every sample in the full battery.
"""

from __future__ import annotations

import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.battery.office import OK, ROOT, copy_program, papers, run

DATED = """版本: 1
模板: 文稿
标题: 关于甲的通知
主送机关: 各镇人民政府：
正文:
  - 标题: 要求
    内容:
      - 请按时报送，2026年共3项。
  - 表: {栏: [序号, {名: 数, 求和: 是}], 合计: 合计, 行: [{数: 1, 序号: 1}, {数: 2}]}
署名: 云川区科技局
成文日期: 2026-09-30
"""
UNDATED = "版本: 1\n模板: 文稿\n标题: 关于乙的通知\n正文:\n  - 请按时报送。\n  - {列项: [一；, 二。]}\n"
SMALL = {"甲": DATED, "乙": UNDATED}

TABLE = "{栏: [序号, {名: 数, 求和: 是}], 合计: 合计, 行: [{数: 1, 序号: 1}, {数: 2}]}"
TURNED = "{行: [{序号: 1, 数: 1}, {数: 2}], 合计: 合计, 栏: [序号, {求和: 是, 名: 数}]}"

Way = Mapping[str, str]
"""One value of every dimension."""

_2038, _2099 = "2038-01-19 03:14:08", "2099-12-31 23:59:59"
DIMENSIONS: Mapping[str, Sequence[str]] = {
    "clock": ("", "1979-06-01 12:00:00", "1980-01-01 00:00:00", "2026-02-28 23:59:59", _2038, _2099),
    "zone": ("UTC", "Asia/Shanghai", "America/New_York"),
    "locale": ("C.UTF-8", "C", "zh_CN.GBK", "POSIX without UTF-8 mode"),
    "seed": ("0", "1", "random"),
    "epoch": ("", "乱写", "99999999999999999999"),
    "place": ("project", "root", "copy"),
    "user": ("own", "nobody", "umask 077"),
}
PLAIN: Way = {name: values[0] for name, values in DIMENSIONS.items()}
FEW: tuple[Way, ...] = (
    dict(
        zip(
            DIMENSIONS,
            ("1979-06-01 12:00:00", "America/New_York", "C", "1", "乱写", "root", "nobody"),
            strict=True,
        )
    ),
    dict(
        zip(
            DIMENSIONS,
            ("2099-12-31 23:59:59", "Asia/Shanghai", "zh_CN.GBK", "random", "", "copy", "umask 077"),
            strict=True,
        )
    ),
)
LOCALES: Mapping[str, Mapping[str, str]] = {
    "C.UTF-8": {"LC_ALL": "C.UTF-8"},
    "C": {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
    "zh_CN.GBK": {"LC_ALL": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"},
    "POSIX without UTF-8 mode": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
}
CLOCK = {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}
"""A clock that is set wrong still counts seconds."""

NOBODY = 65534

PATIENT = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds)\n"
"""libfaketime 0.9.10 refuses the absolute clock_nanosleep with which Python sleeps; a real clock does not."""


needs_faketime = pytest.mark.skipif(not shutil.which("faketime"), reason="faketime is not installed")


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="执笔"))
    folder.chmod(0o755)
    (folder / "sitecustomize.py").write_text(PATIENT, encoding="utf-8")
    yield folder
    shutil.rmtree(folder)


def as_nobody() -> tuple[str, ...]:
    """Return the command before a run as another user, who may read everything; empty when we cannot."""
    if not shutil.which("setpriv") or os.geteuid():
        return ()
    reading = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    return ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *reading)


def before(way: Way) -> tuple[str, ...]:
    """Return the command before a run that gives it its user and its clock."""
    user: tuple[str, ...] = ()
    if way["user"] == "nobody":
        user = as_nobody()
    elif way["user"] == "umask 077":
        user = ("sh", "-c", 'umask 077; exec "$@"', "sh")
    return (*user, "faketime", "-f", f"@{way['clock']}") if way["clock"] else user


def build(way: Way, project: Path, config: str, out: Path) -> dict[str, str]:
    """Build every report of `config` in the way told into `out`; return the papers' digests."""
    out.mkdir()
    out.chmod(0o777)
    environment = {**CLOCK, "PATH": os.environ["PATH"], "TZ": way["zone"], "PYTHONHASHSEED": way["seed"]}
    environment |= LOCALES[way["locale"]]
    environment |= {"SOURCE_DATE_EPOCH": way["epoch"]} if way["epoch"] else {}
    environment |= {"PYTHONPATH": str(project.parent)} if way["clock"] else {}
    environment |= {"HOME": str(project)} if way["user"] == "own" else {}
    program = project if way["place"] == "copy" else ROOT
    words = ["--config", str(project / config), "--out", str(out), "--format", "docx,pdf"]
    folder = Path("/") if way["place"] == "root" else project
    said = run(words, folder, program=program, environment=environment, before=before(way))
    assert said.code == OK, (way, said)
    return papers(out)


def lay_out(project: Path, texts: Mapping[str, str]) -> Path:
    """Make a project of small papers beside a copy of the program."""
    copy_program(project)
    for name, text in texts.items():
        (project / f"{name}.yaml").write_text(text, encoding="utf-8")
    write_config(project / "config.yaml", {name: f"{name}.yaml" for name in texts})
    return project


def write_config(file: Path, data: Mapping[str, str]) -> None:
    rows = "".join(f"  - {{名称: {name}, 数据: {path}}}\n" for name, path in data.items())
    file.write_text(f"版本: 1\n报告:\n{rows}", encoding="utf-8")


def all_pairs() -> list[Way]:
    """Return ways in which every two values of two dimensions meet at least once."""
    names = list(DIMENSIONS)
    open_pairs = {
        frozenset({(one, first), (other, second)})
        for one, other in itertools.combinations(names, 2)
        for first in DIMENSIONS[one]
        for second in DIMENSIONS[other]
    }
    ways: list[Way] = []
    while open_pairs:
        way = dict(sorted(min(open_pairs, key=sorted)))
        for name in names:
            if name not in way:
                way[name] = max(DIMENSIONS[name], key=lambda value: met(way | {name: value}, open_pairs))
        ways.append(way)
        open_pairs -= {pair for pair in open_pairs if pair <= way.items()}
    return ways


def met(way: Mapping[str, str], pairs: set[frozenset[tuple[str, str]]]) -> int:
    """Count the pairs that a way, whole or not, makes meet."""
    return sum(pair <= way.items() for pair in pairs)


def test_every_pair_of_values_meets() -> None:
    ways = all_pairs()
    assert 18 <= len(ways) <= 40
    for one, other in itertools.combinations(DIMENSIONS, 2):
        wanted = set(itertools.product(DIMENSIONS[one], DIMENSIONS[other]))
        assert {(way[one], way[other]) for way in ways} == wanted


@pytest.fixture(scope="module")
def small(open_folder: Path) -> tuple[Path, dict[str, str]]:
    """The project of the small papers, and what is built of it in the plain way."""
    project = lay_out(open_folder / "小", SMALL)
    return project, build(PLAIN, project, "config.yaml", open_folder / "成品")


@needs_faketime
@pytest.mark.parametrize("clock", [_2099, "1979-06-01 12:00:00"])
def test_the_user_and_the_clock_are_really_others(clock: str) -> None:
    ask = "import os, time; print(time.strftime('%Y', time.gmtime()), os.getuid(), os.umask(0))"
    said = {}
    for user in DIMENSIONS["user"]:
        command = [*before({"clock": clock, "user": user}), sys.executable, "-c", ask]
        done = subprocess.run(
            command, capture_output=True, check=True, text=True, env={**os.environ, **CLOCK}
        )
        said[user] = done.stdout.split()
    assert {year for year, *_ in said.values()} == {clock[:4]}
    assert said["umask 077"][2] == str(0o077)
    if as_nobody():
        assert said["nobody"][1] == str(NOBODY)


@needs_faketime
def test_small_papers_are_the_same_everywhere(
    small: tuple[Path, dict[str, str]], open_folder: Path, rounds: Callable[[int, int], int]
) -> None:
    if not rounds(0, 1):
        pytest.skip("one way is tried with the order of keys: full battery only")
    project, wanted = small
    assert len(wanted) == 4
    ways = [*FEW, *all_pairs()]
    for number, way in enumerate(ways):
        assert build(way, project, "config.yaml", open_folder / f"成品{number}") == wanted, way


@needs_faketime
def test_every_sample_is_the_same_everywhere(open_folder: Path, rounds: Callable[[int, int], int]) -> None:
    if not rounds(0, 1):
        pytest.skip("the samples take minutes: full battery only")
    project = copy_program(open_folder / "样")
    shutil.copytree(ROOT / "data", project / "data")
    shutil.copytree(ROOT / "tests" / "forms", project / "forms")
    entries = re.findall(r"名称: (.+)\n\s+数据: (.+)", (ROOT / "config.yaml").read_text(encoding="utf-8"))
    forms = {form.stem: f"forms/{form.name}" for form in sorted((project / "forms").glob("*.yaml"))}
    write_config(project / "config.yaml", {**dict(entries), **forms})
    wanted = build(PLAIN, project, "config.yaml", open_folder / "样品")
    assert len(wanted) == 2 * (len(entries) + len(forms))
    for number, way in enumerate(all_pairs()):
        assert build(way, project, "config.yaml", open_folder / f"样品{number}") == wanted, way
        shutil.rmtree(open_folder / f"样品{number}")


def test_the_order_of_keys_and_reports_says_nothing(
    small: tuple[Path, dict[str, str]], open_folder: Path, rounds: Callable[[int, int], int]
) -> None:
    """Only an order that a reader sees counts: that of rows, columns and paragraphs, and of 信息公开.

    The fast part turns the machine too, so that one build tells both.
    """
    project = lay_out(open_folder / "序", {name: SMALL[name] for name in reversed(SMALL)})
    for name, text in SMALL.items():
        keys = re.split(r"(?m)^(?=\S)", text)
        turned = "".join(reversed(keys)).replace(TABLE, TURNED)
        (project / f"{name}.yaml").write_text(turned, encoding="utf-8")
    assert TURNED in (project / "甲.yaml").read_text(encoding="utf-8")
    way = PLAIN if rounds(0, 1) or not shutil.which("faketime") else FEW[0]
    assert build(way, project, "config.yaml", open_folder / "倒") == small[1]


def test_source_date_epoch_dates_only_papers_without_a_date(
    small: tuple[Path, dict[str, str]], open_folder: Path, rounds: Callable[[int, int], int]
) -> None:
    if not rounds(0, 1):
        pytest.skip("full battery only")
    project, wanted = small
    told = build({**PLAIN, "epoch": "1000000000"}, project, "config.yaml", open_folder / "有")
    again = build({**FEW[1], "epoch": "1000000000"}, project, "config.yaml", open_folder / "又")
    assert told == again
    assert {name for name in wanted if wanted[name] != told[name]} == {
        "关于乙的通知.docx",
        "关于乙的通知.pdf",
    }
