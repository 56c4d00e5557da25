"""Opt-outs last, hold a hash and nothing else, and fail closed."""

import os
import stat

import pytest

from bot.channels.sms.optouts import FolderOptOuts, MemoryOptOuts, OptOutsUnusable

HASH = "0123456789abcdef" * 2


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "kept" / "optouts"


async def test_memory():
    optouts = MemoryOptOuts()
    await optouts.add(HASH)
    assert await optouts.has(HASH)
    await optouts.remove(HASH)
    await optouts.remove(HASH)
    assert not await optouts.has(HASH)


async def test_they_outlast_a_restart(folder):
    first = FolderOptOuts(folder, "key")
    assert not await first.has(HASH)
    await first.add(HASH)
    await first.add(HASH)
    second = FolderOptOuts(folder, "key")
    assert await second.has(HASH)
    await second.remove(HASH)
    await second.remove(HASH)
    assert not await first.has(HASH)


async def test_a_hash_and_nothing_else(folder):
    await FolderOptOuts(folder, "key").add(HASH)
    assert sorted(p.name for p in folder.iterdir()) == [HASH, "key"]
    kept = (folder / HASH).stat()
    assert kept.st_size == 0 and kept.st_mtime == 0
    assert stat.S_IMODE(kept.st_mode) == 0o600 and stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_another_secret_is_refused(folder):
    FolderOptOuts(folder, "key")
    with pytest.raises(OptOutsUnusable, match="another LANTERN_SECRET"):
        FolderOptOuts(folder, "other")


async def test_a_folder_that_vanished_is_not_an_empty_one(folder):
    optouts = FolderOptOuts(folder, "key")
    await optouts.add(HASH)
    folder.rename(folder.with_name("elsewhere"))
    for work in (optouts.has, optouts.add, optouts.remove):
        with pytest.raises(OptOutsUnusable):
            await work(HASH)


def test_a_place_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OptOutsUnusable, match="cannot be used"):
        FolderOptOuts(tmp_path / "file" / "optouts", "key")
    (tmp_path / "file").unlink()
    with pytest.raises(OptOutsUnusable):
        folder = tmp_path / "somebody_elses"
        folder.mkdir()
        FolderOptOuts(folder, "key")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission(folder):
    FolderOptOuts(folder, "key")
    folder.chmod(0o500)
    with pytest.raises(OptOutsUnusable):
        FolderOptOuts(folder, "key")
