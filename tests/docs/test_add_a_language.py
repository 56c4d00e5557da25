"""CONTRIBUTING.md, “A language”, followed word by word. `tests/test_another_language.py` speaks a whole one."""

import pytest

from tests.docs.guide import copy_of_the_project, follow, python

SPEAK = """
from actions.knowledge import catalogs
from bot.channels.sms.words import word
from bot.nlu.gate import gate
from bot.nlu.lexicon_extractor import lexicon
from bot.nlu.places import gazetteer

assert catalogs.languages()["vi"].name == "Tiếng Việt"
assert gate("vi").check("tôi muốn chết").kind == "suicide"
assert gate("vi").check("anh ta sẽ giết tôi").kind == "danger"
assert gate("vi").check("tôi cần luật sư") is None
assert word("tiếng việt").value == "vi" and word("đừng nhắn nữa").meaning == "stop"
assert [name for name, pattern in lexicon("vi").commands if pattern.fullmatch("xóa hết")] == ["delete"]
assert gazetteer().find("ở cali")[0].codes == ("CA",)
print("it speaks")
"""


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    project = copy_of_the_project(tmp_path_factory.mktemp("language"))
    return project, follow("A language", project)


def test_the_translators_files_are_made(followed):
    project, (made,) = followed
    assert made.returncode == 0, made.stderr
    folder = project / "data" / "translations" / "vi"
    assert sorted(file.name for file in folder.glob("*.po")) == ["answers.po", "interface.po", "law.po", "services.po"]
    assert (folder / "answers.po").read_text(encoding="utf-8").count('\nmsgstr ""') > 500


def test_its_words_count(followed):
    project, _ = followed
    said = python(project, "-c", SPEAK)
    assert said.stdout.strip() == "it speaks", said.stderr
