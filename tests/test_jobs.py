"""Reports as jobs: what a worker may do is limited, and when it ends badly only its own report is lost."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from zhibi import jobs
from zhibi import workers as workers_module
from zhibi.errors import Location, Problem, ReportError
from zhibi.freshness.states import part_of
from zhibi.jobs import CHECK_BYTES, Answer, Job, check_job, make_job, memory_limit
from zhibi.model import Project
from zhibi.plain import Scalar
from zhibi.styles import STANDARD
from zhibi.workers import Workers

ROOT = Path(__file__).resolve().parent.parent
GOOD = "版本: 1\n模板: 文稿\n标题: 关于甲的通知\n正文: [请按时报送。]\n"


def job(folder: Path, text: str = GOOD, name: str = "甲") -> Job:
    data = folder / f"{name}.yaml"
    data.write_text(text, encoding="utf-8")
    return Job(data, Project(folder, ROOT / "templates"), "", STANDARD, ("docx",))


def hang(_: Job) -> Answer:
    time.sleep(60)
    return Answer(stem="too late")


def die(_: Job) -> Answer:
    os.write(2, b"munmap_chunk(): invalid pointer\n")
    os.kill(os.getpid(), signal.SIGABRT)
    return Answer(stem="never")


def be_killed(_: Job) -> Answer:
    os.kill(os.getpid(), signal.SIGKILL)
    return Answer(stem="never")


def end_at_once() -> None:
    os._exit(0 if multiprocessing.parent_process() is None else 1)


def fill(_: Job) -> Answer:
    return jobs._answer(lambda step: Answer(stem=str(len(bytearray(CHECK_BYTES * 2)))), _, CHECK_BYTES)


def test_a_report_is_checked_and_made_in_another_process(tmp_path: Path) -> None:
    asked = [job(tmp_path), job(tmp_path, GOOD.replace("标题", "标提"), "乙")]
    with Workers() as workers:
        good, bad = workers.check(asked)
        (made,) = workers.make(asked[:1])
    assert (good.good, good.stem, good.steps[0]) == (True, "关于甲的通知", "读取和核对")
    assert not bad.good
    assert [str(problem.at) for problem in bad.problems] == ["乙.yaml:3:1"]
    assert made.made is not None
    assert made.made.files["docx"].startswith(b"PK")
    assert made.steps[:2] == ("排版", "生成 DOCX")  # Stages 1-6 were not run again.


def test_a_job_that_hangs_is_stopped_and_the_next_one_is_done(tmp_path: Path) -> None:
    began = time.monotonic()
    with Workers(limits=(0.5, 60)) as workers:
        (slow,) = workers.run(hang, [job(tmp_path)], 0.5)
        (good,) = workers.run(check_job, [job(tmp_path)], 60)
    assert time.monotonic() - began < 30
    assert not slow.good
    assert [problem.rule for problem in slow.problems] == ["超限"]
    assert "甲.yaml 错误：这份报告 0.5 秒还没有做完，已停止 —— 请检查模板里的循环" in str(slow.problems[0])
    assert good.good


def test_a_worker_that_dies_is_a_fault_of_its_own_report(tmp_path: Path) -> None:
    with Workers() as workers:
        (dead,) = workers.run(die, [job(tmp_path)], 60)
        (good,) = workers.run(check_job, [job(tmp_path)], 60)
    assert not dead.good
    assert dead.fault.startswith("worker process died, exit code -6\n")
    assert dead.fault.endswith("munmap_chunk(): invalid pointer")
    assert good.good


def test_a_worker_that_the_system_ends_is_no_fault_of_the_program(tmp_path: Path) -> None:
    with Workers() as workers:
        (dead, good) = (
            workers.run(be_killed, [job(tmp_path)], 60),
            workers.run(check_job, [job(tmp_path)], 60),
        )
        (lost,), (done,) = dead, good
    assert (lost.good, lost.fault) == (False, "")
    assert [str(problem) for problem in lost.problems] == [
        "甲.yaml 错误：做这份报告的进程被系统强行停止了（退出码 -9），多半是内存不够"
        " —— 请关掉别的程序，或用 --jobs 1 一份一份地做；还不行，请把数据拆成几份"
    ]
    assert done.good


def test_a_worker_that_never_gets_as_far_as_its_job_is_no_fault_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workers_module, "_die_with_parent", end_at_once)
    with Workers() as workers:
        (lost,) = workers.check([job(tmp_path)])
    assert (lost.good, lost.fault) == (False, "")
    assert "做这份报告的进程启动不了，多半是内存不够 —— 请关掉别的程序" in str(lost.problems[0])
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("fault", "why"),
    [(BlockingIOError(11, "EAGAIN"), "（"), (RuntimeError("can't start new thread"), " —— 请关掉")],
)
def test_a_machine_that_starts_no_more_processes_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, why: str
) -> None:
    def refuse(*_: object) -> int:
        raise fault

    with Workers() as workers, monkeypatch.context() as patch:
        patch.setattr("multiprocessing.util.spawnv_passfds", refuse)
        with pytest.raises(ReportError) as caught:
            list(workers.check([job(tmp_path)]))
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"build.py 错误：做报告的进程启动不了{why}")


def test_fewer_workers_than_asked_for_do_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start, started = workers_module._new_pool, []

    def only_one() -> object:
        if started:
            raise ReportError([Problem(Location("build.py"), "超限", "启动不了", "请关掉别的程序")])
        started.append(start())
        return started[0]

    monkeypatch.setattr(workers_module, "_new_pool", only_one)
    with Workers(2) as workers:
        assert [one.good for one in workers.check([job(tmp_path), job(tmp_path, name="乙")])] == [True, True]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what a process hears")
def test_a_closed_terminal_reaches_neither_workers_nor_their_tracker(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(DEAF, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(tmp_path / "run.py")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "[True, True, False]\n", "")


DEAF = """
import os, re, signal
from pathlib import Path
from multiprocessing import resource_tracker
from zhibi.workers import Workers

def deaf(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    masks = [int(mask, 16) for mask in re.findall("Sig(?:Blk|Ign):\\t(.*)", status)]
    return any(mask >> signal.SIGHUP - 1 & 1 for mask in masks)

if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    with Workers() as workers:
        workers._start(1)
        (pid,) = workers._pools[0]._pool_manager.worker_manager.workers
        print([deaf(pid), deaf(resource_tracker._resource_tracker._pid), deaf(os.getpid())])
"""


KILLED_AS_A_WORKER_STARTS = """
import os, signal
from multiprocessing import util
from zhibi.workers import Workers

start, started = util.spawnv_passfds, []

def start_and_die(path, *rest):
    started.append(start(path, *rest))
    if len(started) == 2:  # The first one keeps track of semaphores.
        os.kill(os.getpid(), signal.SIGKILL)
    return started[-1]

util.spawnv_passfds = start_and_die
if __name__ == "__main__":
    with Workers() as workers:
        workers._start(1)
"""


@pytest.mark.skipif(os.name != "posix", reason="only there a process is born before it knows what to do")
def test_a_worker_whose_parent_is_killed_as_it_starts_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(KILLED_AS_A_WORKER_STARTS, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, str(tmp_path / "run.py")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (run.returncode, run.stdout, run.stderr) == (-signal.SIGKILL, "", "")


def test_a_job_that_fills_the_memory_is_stopped(tmp_path: Path) -> None:
    with Workers() as workers:
        (full,) = workers.run(fill, [job(tmp_path)], 60)
    if full.good:
        pytest.skip("this system cannot limit the memory of a process")
    assert "用的内存太多" in full.problems[0].message


def test_the_memory_limit_ends_with_the_job() -> None:
    with memory_limit(1 << 20), pytest.raises(MemoryError):
        bytearray(1 << 30)
    assert len(bytearray(1 << 28)) == 1 << 28


def test_a_fault_of_the_program_comes_back_as_its_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr("zhibi.pipeline.check_report", fail)
    answer = check_job(job(tmp_path))
    assert not answer.good
    assert "RuntimeError: planted" in answer.fault


def test_a_kept_paper_is_not_used_for_another_job(tmp_path: Path) -> None:
    first = job(tmp_path)
    check_job(first)
    other = Job(first.data, first.project, "2026-03-05", first.look, first.formats)
    assert make_job(other).steps[0] == "读取和核对"
    check_job(first)
    assert make_job(first).steps[0] == "排版"


def test_papers_that_are_made_first_stay_when_there_is_no_room_for_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_checked", {})
    monkeypatch.setattr(jobs, "KEPT_BYTES", len(GOOD.encode()) * 2 + 9)
    first, second, third = asked = [job(tmp_path, name=name) for name in "甲乙丙"]
    assert all(check_job(one).good for one in asked)
    begun = {one.data.stem: make_job(one).steps[0] for one in (first, third, second)}
    assert begun == {"甲": "排版", "丙": "读取和核对", "乙": "排版"}
    assert jobs._checked == {}


def test_a_large_paper_stays_until_another_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "_checked", {})
    monkeypatch.setattr(jobs, "KEPT_BYTES", len(GOOD.encode()) + 9)
    small, large = job(tmp_path), job(tmp_path, GOOD + "#" * 99, "乙")
    for asked, begun in (
        ((large,), ["排版"]),
        ((small, large), ["排版", "排版"]),
        ((large, small), ["读取和核对", "排版"]),
    ):
        assert all(check_job(one).good for one in asked)
        assert [make_job(one).steps[0] for one in asked] == begun
    assert jobs._checked == {}


def test_what_travels_between_processes_stays_the_same() -> None:
    typed = Scalar("007", Location("甲.yaml", 3, 5), quoted=True)
    back = pickle.loads(pickle.dumps(typed))
    assert (back, back.at, back.quoted) == (typed, typed.at, True)
    assert pickle.loads(pickle.dumps(STANDARD)) == STANDARD


def test_workers_end_with_their_parent(tmp_path: Path) -> None:
    """A parent that is killed leaves no worker behind, even one that is in the middle of a job."""
    code = (
        "import sys, time, pathlib\n"
        "sys.path[:0] = [sys.argv[1], sys.argv[1] + '/tests']\n"
        "import test_jobs as t\n"
        "from zhibi.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers() as workers:\n"
        "        list(workers.run(t.tell, [t.job(pathlib.Path(sys.argv[2]))], 60))\n"
    )
    script = tmp_path / "parent.py"
    script.write_text(code, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(script), str(ROOT), str(tmp_path)])
    told = tmp_path / "worker.pid"
    try:
        worker = int(_wait_for(lambda: told.read_text(encoding="ascii") if told.exists() else ""))
    finally:
        parent.kill()
        parent.wait()
    assert _wait_for(lambda: "" if _alive(worker) else "gone") == "gone"


def tell(asked: Job) -> Answer:
    """Say who works, then never end."""
    (asked.data.parent / "worker.tmp").write_text(str(os.getpid()), encoding="ascii")
    (asked.data.parent / "worker.tmp").replace(asked.data.parent / "worker.pid")
    while True:
        pass


def _wait_for(what: object) -> str:
    for _ in range(300):
        if found := what():  # type: ignore[operator]
            return str(found)
        time.sleep(0.1)
    return ""


def _alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and ") Z " not in state.read_text(encoding="utf-8", errors="replace")


def test_nothing_happens_without_a_parent() -> None:
    assert multiprocessing.parent_process() is None
    workers_module._die_with_parent()


def test_what_a_report_is_made_from_is_told_whatever_the_process_knows_already(tmp_path: Path) -> None:
    (tmp_path / "校对.yaml").write_text("版本: 1\n不查: [报送]\n", encoding="utf-8")
    asked = job(tmp_path), job(tmp_path, GOOD.replace("关于甲", "关于乙"), "乙")
    first, second = (dict(check_job(one).states) | dict(make_job(one).states) for one in asked)
    assert str(tmp_path / "校对.yaml") in second
    assert any(Path(path).suffix in {".otf", ".ttf", ".ttc"} for path in second)
    own = [{str(one.data), part_of(str(tmp_path), one.data.stem, ".yaml")} for one in asked]
    assert second.keys() - own[1] == first.keys() - own[0]


def test_files_that_the_system_keeps_in_memory_make_room_for_workers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers_module, "MEMORY", tmp_path / "meminfo")
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(8)), raising=False)
    for kilobytes, count in ((64 << 20, 8), (3 << 20, 3), (100, 1)):
        (tmp_path / "meminfo").write_text(
            f"MemFree: 7 kB\nMemAvailable:   {kilobytes} kB\n", encoding="ascii"
        )
        assert workers_module.usual_count() == count


@pytest.mark.parametrize("seed", range(40))
def test_answers_come_in_order_wherever_papers_were_checked_and_whoever_is_slow(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    answers: dict[Future[Answer], Answer] = {}

    class Pool:
        active = True

        def schedule(self, work: Callable[[Job], Answer], args: tuple[Job], timeout: float) -> Future[Answer]:
            future: Future[Answer] = Future()
            answers[future] = work(*args)
            return future

    def wait(asked: Mapping[Future[Answer], object], return_when: str) -> SimpleNamespace:
        assert asked, "nothing is being done, and this would wait for ever"
        (slow, *_), often = sorted(asked, key=id), chance.random() < 0.9
        one = chance.choice(
            [future for future in asked if len(asked) == 1 or not often or future is not slow]
        )
        one.set_result(answers[one])
        return SimpleNamespace(done={one})

    monkeypatch.setattr(workers_module, "wait", wait)
    workers = Workers(2, _pools=[Pool(), Pool()])
    jobs = [replace(job(tmp_path), data=tmp_path / f"{number}.yaml") for number in range(60)]
    workers._homes = {str(one.data): int(chance.random() < 0.7) for one in jobs}
    found = [answer.stem for answer in workers.run(lambda one: Answer(stem=one.data.stem), jobs, 9.0)]
    assert found == [one.data.stem for one in jobs]
