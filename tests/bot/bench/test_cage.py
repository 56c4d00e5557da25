import subprocess
import sys

from bot.bench.cage import NAME, PERIOD, cage


def made(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


def test_control_groups_of_version_two(tmp_path, monkeypatch):
    groups = made(tmp_path, "cgroup.controllers")
    with cage(512, 0.5, groups) as inside:
        assert (groups / NAME / "memory.max").read_text() == str(512 * 1024 * 1024)
        assert (groups / NAME / "cpu.max").read_text() == f"{PERIOD // 2} {PERIOD}"
        (groups / NAME / "memory.peak").write_text("1048576")
        assert inside.peak() == 1048576 and "version 2" in inside.how
        assert f"> {groups / NAME / 'cgroup.procs'}" in inside.prefix[2]
        for file in (groups / NAME).iterdir():  # a real one goes with its folder
            file.unlink()
    assert not (groups / NAME).exists()


def test_control_groups_of_version_one(tmp_path):
    groups = made(tmp_path, "memory/x", "cpu/x")
    with cage(256, 0.25, groups) as inside:
        assert (groups / "memory" / NAME / "memory.limit_in_bytes").read_text() == str(256 * 1024 * 1024)
        assert (groups / "cpu" / NAME / "cpu.cfs_quota_us").read_text() == str(PERIOD // 4)
        assert "version 1" in inside.how and inside.peak() == 0
        for folder in inside.folders:
            for file in folder.iterdir():
                file.unlink()


def test_without_them_ulimit_bounds_a_process(tmp_path):
    with cage(64, 0.5, tmp_path) as inside:
        assert "nothing slowed" in inside.how
        take = [sys.executable, "-c", "b = bytearray(200 * 1024 * 1024)"]
        assert subprocess.run([*inside.prefix, *take], capture_output=True).returncode != 0
        assert subprocess.run([*inside.prefix, sys.executable, "-c", "pass"], capture_output=True).returncode == 0
