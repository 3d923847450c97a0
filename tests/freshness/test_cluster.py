"""Reports made by the workers of a Dask cluster: the same papers, also when a worker is killed in the middle."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.freshness.test_nothing_twice import PAPER, made
from tests.test_cli import run
from zhibi.cluster import Cluster, alone
from zhibi.errors import ReportError
from zhibi.jobs import Job, check_job
from zhibi.model import Project
from zhibi.styles import STANDARD

ROOT = Path(__file__).resolve().parents[2]
REPORTS = [f"通知{number}" for number in range(1, 7)]


def start(*words: str, folder: Path = ROOT) -> subprocess.Popen[bytes]:
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(
        [sys.executable, *words], cwd=folder, stdout=nowhere, stderr=nowhere, start_new_session=True
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def office(tmp_path: Path) -> Path:
    rows = []
    for name in REPORTS:
        (tmp_path / f"{name}.yaml").write_text(
            PAPER.replace("关于报送的", f"关于报送{name}的"), encoding="utf-8"
        )
        rows.append(f"  - {{名称: {name}, 数据: {name}.yaml}}\n")
    (tmp_path / "config.yaml").write_text(f"版本: 1\n格式: [docx]\n报告:\n{''.join(rows)}", encoding="utf-8")
    return tmp_path


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Start a scheduler and two workers as people do; give the address and all three."""
    address = f"tcp://127.0.0.1:{free_port()}"
    scheduler = (
        "-m",
        "distributed.cli.dask_scheduler",
        "--no-dashboard",
        "--port",
        address.rpartition(":")[2],
    )
    worker = ("-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard")
    started = [start(*scheduler), start(*worker), start(*worker)]
    yield address, started
    for one in started:
        os.killpg(one.pid, signal.SIGKILL)
        one.wait()


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    end = time.monotonic() + 60
    with Client(address, timeout=60, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        while len(client.nthreads()) < count:
            assert time.monotonic() < end, "no workers came"
            time.sleep(0.1)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by their group")
def test_a_cluster_makes_the_same_papers_even_when_a_worker_is_killed(
    office: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, (_, worker, _) = cluster
    wait_for_workers(address, 2)
    words = ["--config", "config.yaml", "--cluster", address, "--out"]
    said = run([*words, "甲"], office)
    assert (said.code, made(said)) == (0, REPORTS), said.err
    there = subprocess.Popen(
        [sys.executable, str(ROOT / "build.py"), *words, "乙"], cwd=office, stdout=subprocess.PIPE
    )
    assert there.stdout is not None
    assert b"\xe2\x9c\x93" in there.stdout.readline()  # The first is made: the others are on their way.
    os.killpg(worker.pid, signal.SIGKILL)
    rest = there.stdout.read().decode()
    there.stdout.close()
    assert there.wait(120) == 0
    assert rest.count("✓") == len(REPORTS) - 1
    local = run(["--config", "config.yaml", "--out", "丙"], office)
    assert local.code == 0
    papers = {path.name: path.read_bytes() for path in (office / "丙").glob("*.docx")}
    assert len(papers) == len(REPORTS)
    for other in ("甲", "乙"):
        assert {path.name: path.read_bytes() for path in (office / other).glob("*.docx")} == papers


def test_a_scheduler_that_dies_in_the_middle_is_told(
    office: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, (scheduler, *_) = cluster
    wait_for_workers(address, 2)
    there = subprocess.Popen(
        [sys.executable, str(ROOT / "build.py"), "--config", "config.yaml", "--cluster", address],
        cwd=office,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert there.stdout is not None
    assert b"\xe2\x9c\x93" in there.stdout.readline()
    os.killpg(scheduler.pid, signal.SIGKILL)
    rest = there.stdout.read().decode()
    there.stdout.close()
    assert there.wait(120) == 2
    assert "连接断了" in rest
    assert "程序自身" not in rest
    assert "ERROR" not in rest


def test_an_address_where_nobody_answers_is_told(office: Path) -> None:
    said = run(["--config", "config.yaml", "--cluster", f"tcp://127.0.0.1:{free_port()}"], office)
    assert said.code == 2
    assert "连不上集群" in said.err


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.5", "nonsense", " ", "http://10.0.0.5:80", "tls://127.0.0.1:8786"]
)
def test_what_is_no_address_is_told_in_chinese_only(office: Path, address: str) -> None:
    said = run(["--config", "config.yaml", "--cluster", address], office)
    assert said.code == 2
    assert said.err.startswith(f"命令行 错误：连不上集群“{address}”")
    assert len(said.err.splitlines()) == 1


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_service_that_is_no_scheduler_is_told(office: Path, answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as service:

        def serve() -> None:
            while True:
                try:
                    held.append(service.accept()[0])
                except OSError:  # The test is over.
                    return
                held[-1].sendall(answer)

        held: list[socket.socket] = []
        threading.Thread(target=serve, daemon=True).start()
        address = f"tcp://127.0.0.1:{service.getsockname()[1]}"
        said = run(["--config", "config.yaml", "--cluster", address], office)
    assert said.code == 2
    assert said.err.startswith(f"命令行 错误：连不上集群“{address}”")


def test_a_cluster_without_workers_is_told(office: Path) -> None:
    port = free_port()
    scheduler = start("-m", "distributed.cli.dask_scheduler", "--no-dashboard", "--port", str(port))
    try:
        wait_for_workers(f"tcp://127.0.0.1:{port}", 0)
        said = run(["--config", "config.yaml", "--cluster", f"tcp://127.0.0.1:{port}"], office)
    finally:
        os.killpg(scheduler.pid, signal.SIGKILL)
        scheduler.wait()
    assert said.code == 2
    assert "里没有 worker" in said.err


def test_a_worker_that_joins_later_with_another_program_makes_nothing() -> None:
    nothing = Job(Path("无.yaml"), Project(Path(), Path()), "", STANDARD)
    assert alone(check_job, nothing, ("another program", "its fonts")) is None
    joined = SimpleNamespace(result=lambda timeout: None)
    with pytest.raises(ReportError, match="后来加入的 worker 的程序或字体与本机不同"):
        Cluster("tcp://10.0.0.5:8786")._wait(nothing, joined, 60)


FONTS = "<fontconfig><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>{}</fontconfig>"
WITHOUT = "<selectfont><rejectfont><glob>*/LiberationMono-Bold.*</glob></rejectfont></selectfont>"


def test_a_worker_that_knows_the_fonts_of_before_is_told(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts, port = tmp_path / "fonts.conf", free_port()
    fonts.write_text(FONTS.format(WITHOUT), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(fonts))
    address = f"tcp://127.0.0.1:{port}"
    started = [
        start("-m", "distributed.cli.dask_scheduler", "--no-dashboard", "--port", str(port)),
        start("-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"),
    ]
    words = ["--config", "config.yaml", "--cluster", address, "--force"]
    try:
        wait_for_workers(address, 1)
        assert run(words, office).code == 0
        fonts.write_text(FONTS.format(""), encoding="utf-8")
        said = run(words, office)
    finally:
        for one in started:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait()
    assert said.code == 2
    assert "的程序或字体与本机不同" in said.err


def test_a_worker_that_has_not_got_the_program_is_told(office: Path, tmp_path: Path) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    words = ("--no-dashboard", "--port", address.rpartition(":")[2])
    started = [
        start("-m", "distributed.cli.dask_scheduler", *words),
        start("-m", "distributed.cli.dask_worker", address, "--no-dashboard", folder=tmp_path),
    ]
    try:
        wait_for_workers(address, 1)
        said = run(["--config", "config.yaml", "--cluster", address], office)
    finally:
        for one in started:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait()
    assert said.code == 2
    assert "找不到执笔的程序" in said.err
