"""deploy/systemd/lantern.service: how systemd itself rates it, and that what it sets are settings."""

import re
import shutil
import subprocess

import pytest

from bot.settings import PREFIX, Settings
from tests.deploy.proxied import DEPLOY

UNIT = DEPLOY / "systemd" / "lantern.service"
EXPOSURE = 1.3  # of 10; what is left is the network, which it is there for


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze: apt-get install systemd")
def test_exposure():
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(UNIT)]
    done = subprocess.run(command, capture_output=True, text=True)
    rated = re.search(r"Overall exposure level .*: ([\d.]+)", done.stdout)
    if not rated:
        pytest.skip("this systemd-analyze cannot rate a file")
    assert float(rated[1]) <= EXPOSURE


def test_nothing_of_memory_reaches_a_disk():
    lines = UNIT.read_text().splitlines()
    for line in ("LimitCORE=0", "MemorySwapMax=0", "ProtectSystem=strict", "DynamicUser=yes", "NoNewPrivileges=yes"):
        assert line in lines


def test_what_it_sets_are_settings():
    for name in re.findall(rf"{PREFIX}([A-Z_]+)=", UNIT.read_text()):
        assert name.lower() in Settings.__dataclass_fields__
