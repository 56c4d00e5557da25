"""CONTRIBUTING.md, “A channel”, followed word by word; then the guide's own test runs, and the one of openapi.yml."""

import re
import shutil

from bot.settings import ROOT
from tests.docs.guide import copy_of_the_project, follow, python


def test_it_answers_and_is_described(tmp_path):
    project = copy_of_the_project(tmp_path)
    for name in ("tests/__init__.py", "tests/bot/__init__.py", "tests/bot/channels/__init__.py"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).touch()
    for name in ("tests/bot/conftest.py", "tests/bot/test_openapi.py", "tests/bot/openapi-3.0.json"):
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(ROOT / "tests/browser", project / "tests/browser", ignore=shutil.ignore_patterns("__pycache__"))
    (project / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\n")
    assert follow("A channel", project) == []
    tests = ("tests/bot/channels/test_plain.py", "tests/bot/test_openapi.py")
    done = python(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed and int(passed[1]) > 20  # both files ran
