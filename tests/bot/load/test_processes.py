import asyncio
import os
import subprocess
import sys

from bot.load.processes import MB, cpu_seconds, machine_seconds, memory, tree, watched

WITH_A_CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])"


def put(proc, pid, children="", pss=0, ticks=(0, 0)):
    folder = proc / str(pid)
    (folder / "task" / str(pid)).mkdir(parents=True)
    (folder / "task" / str(pid) / "children").write_text(children)
    (folder / "smaps_rollup").write_text(f"Rss: {9 * pss} kB\nPss: {pss} kB\nPss_Dirty: 7 kB\n")
    (folder / "stat").write_text(f"{pid} (a name) of (it) S " + "0 " * 10 + f"{ticks[0]} {ticks[1]} 0 0")


def test_all_descendants_count_and_shared_pages_once(tmp_path):
    put(tmp_path, 1, "2 3 ", pss=100, ticks=(100, 50))
    put(tmp_path, 2, "", pss=10)
    put(tmp_path, 3, "4 5", pss=1)  # 5 has just ended
    put(tmp_path, 4, "", pss=5, ticks=(0, 150))
    assert list(tree(1, tmp_path)) == [1, 2, 3, 4, 5]
    assert memory(1, tmp_path) == 116 * 1024
    assert cpu_seconds(1, tmp_path) == 300 / os.sysconf("SC_CLK_TCK")


def test_this_process_takes_something():
    assert 1 * MB < memory(os.getpid()) < 10_000 * MB
    assert cpu_seconds(os.getpid()) > 0


def test_what_the_whole_machine_takes(tmp_path):
    (tmp_path / "stat").write_text("cpu  100 20 30 9999 9999 4 6 50 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n")
    assert machine_seconds(tmp_path) == 160 / os.sysconf("SC_CLK_TCK")
    assert machine_seconds() > cpu_seconds(os.getpid())


async def test_it_is_watched_over_time():
    process = subprocess.Popen([sys.executable, "-c", WITH_A_CHILD], stdin=subprocess.PIPE)  # noqa: ASYNC220
    try:
        async with watched(process.pid, None, every=0.05) as samples:
            await asyncio.sleep(0.4)
        assert len(samples) > 2 and len(list(tree(process.pid))) == 2
        assert samples[-1].service > samples[0].service / 2 > 0
        assert samples[-1].redis == 0
    finally:
        process.communicate(b"\n")
