"""One more language, as docs/languages.md walks through it: nothing but data is added, and everything speaks it.

The language is made up: each word ends in "o". It is added to a copy of the project.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LEXICON = """
between_words: true
entities: {no_police: {'yes': [sino policio]}, language: {eo: [oesperano]}}
followups: {cost: [quanto costo]}
elliptical: {short: 'quanto costo', leaning: 'eto .*'}
commands: {delete: [borro todo]}
places:
  {jurisdictions: {OR: [oregono]}, cities: {portlando: 'Portland, OR'}, fillers: [ino], not_in_the_us: [],
  before_a_place: [ino]}
"""
GATE = """
words: {}
look_alikes: ['jokeo']
suicide: {always: ['quero dio'], when: [], unless: [], backed_by: ['dio']}
medical: {always: [], when: [], unless: []}
danger: {always: [], when: [], unless: []}
minor: {always: [], when: [], unless: []}
"""
SCRIPT = """
import asyncio, re
from actions.knowledge import catalogs
from actions.knowledge.library import Library
from actions.knowledge.translations import messages
from actions.knowledge.control import shown

english = Library.load()
assert sum(catalogs.update("eo", english).values()) > 5000
longer = lambda text: text if "{" in text else re.sub("([a-z]{2,})", lambda found: found[1] + "o", text)
given = {(words.context, words.text): longer(words.text) for words in messages(english)}
catalogs.put("eo", given)
assert [p for p in catalogs.problems("eo", english)] == []
assert list(catalogs.languages()) == ["en", "eo", "es", "ko", "zh"]
assert shown("eo").say("page.send") == "Sendo"
assert shown("eo").laws["OR"].immunity.lead.say != english.laws["OR"].immunity.lead.say

from bot.nlu.gate import gate
assert gate("eo").check("quero dio").kind == "suicide" and gate("eo").check("quero dio jokeo")
from bot.nlu.places import gazetteer
assert gazetteer().find("ino oregono")[0].codes == ("OR",)
from bot.nlu.lexicon_extractor import lexicon
assert lexicon("eo").commands[0][0] == "delete"
from bot.channels.sms.words import word
assert word("oesperano").value == "eo" and word("stopo").meaning == "stop"

import datetime as dt
from actions.answering import reply
from actions.conversation import Conversation
talk = Conversation("immunity_reporting", "immunity_reporting", jurisdiction="OR")
answer = reply(shown("eo"), talk, dt.date.today()).answer
assert answer.lines[1] == shown("eo").laws["OR"].immunity.lead.say, answer.lines

from aiohttp.test_utils import TestClient, TestServer
from bot.app import make_app
from bot.settings import Settings
from tests.browser.served import CannedLantern

async def page():
    async with TestClient(TestServer(make_app(CannedLantern(), Settings()))) as client:
        return await (await client.get("/", headers={"Accept-Language": "eo-US, en;q=0.5"})).text()

text = asyncio.run(page())
assert '<html lang="eo">' in text and ">Sendo<" in text, text
print("everything speaks it")
"""


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy without training messages, models and tests of everything else."""
    for name in ("actions", "bot", "tests/browser"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "screenshots"))
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("nlu"))
    (tmp_path / "tests" / "__init__.py").touch()
    return tmp_path


def test_a_language_is_added_with_data_alone(project):
    data = project / "data"
    (data / "translations" / "eo").mkdir()
    (data / "translations" / "eo" / "language.yml").write_text("name: Oesperano\nreview: machine_drafted\n")
    (data / "lexicon" / "eo.yml").write_text(LEXICON)
    (data / "safety" / "gate.eo.yml").write_text(GATE)
    words = data / "lexicon" / "sms.yml"
    text = (
        words.read_text()
        .replace("stop: #", "stop:\n  eo: [stopo] #")
        .replace("language: #", "language:\n  eo: [oesperano] #")
    )
    words.write_text(text)
    script = project / "speak.py"
    script.write_text(SCRIPT)
    done = subprocess.run([sys.executable, str(script)], cwd=project, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "everything speaks it", done.stderr
