"""Page and widget: what they carry from turn to turn shows whose conversation an answer belongs to."""

import json
import re
from collections.abc import Sequence

from aiohttp import ClientSession
from markupsafe import escape

from actions.answer import Choice
from bot.channels.transcript import MOST_ROUNDS, Transcript
from bot.load.cast import PICK
from bot.load.client import Heard, Keys
from bot.load.connection import ask, leave
from bot.load.wrong import Crossed, Lost

_HIDDEN = re.compile(r'name="talk" value="([^"]*)"')


class _Carried:
    """What page and widget carry from turn to turn."""

    def __init__(self, http: ClientSession, keys: Keys) -> None:
        self._http, self._keys = http, keys
        self._talk, self._session = "", ""
        self._choices: tuple[Choice, ...] = ()

    def _take(self, talk: str, notice: bool) -> Transcript:
        transcript = self._keys.signer.read(talk)
        if transcript is None or notice:
            raise Lost("the conversation began anew")
        answers = [one.answer for one in transcript.rounds]
        forgotten = bool(answers) and answers[-1].id == "forgotten"
        if self._session and transcript.session != self._session and not forgotten:
            raise Crossed("another session")
        self._talk, self._session = talk, transcript.session
        self._choices = answers[-1].choices if answers else ()
        return transcript

    def _picked(self) -> Choice | None:
        about_law = (choice for choice in self._choices if choice.label in self._keys.picks)
        return next(about_law, self._choices[0] if self._choices else None)

    def _fields(self, step: str) -> tuple[dict[str, str], str]:
        """What to send, and what the person will have said."""
        choice = self._picked() if step == PICK else None
        said = {"choice": choice.value} if choice else {"text": step}
        return {"talk": self._talk, **said}, choice.label if choice else step


class Page(_Carried):
    """The plain page without JavaScript: the whole talk comes back each time, and all of it must be one's own."""

    _said: tuple[str, ...] = ()

    async def step(self, step: str) -> Sequence[Heard]:
        """See `Client`."""
        if not self._talk:
            self._read((await ask(self._http, "GET", "/"))[0])
        fields, said = self._fields(step)
        html, seconds = await ask(self._http, "POST", "/", data=fields)
        transcript = self._read(html)
        answer = transcript.rounds[-1].answer
        self._said = (*self._said, said)[-MOST_ROUNDS:] if answer.id != "forgotten" else ("",)
        if tuple(one.said for one in transcript.rounds) != self._said:
            raise Crossed("somebody else's words in the talk")
        if not all(str(escape(words)) in html for words in self._said):
            raise Crossed("the page does not show what was said")
        return [Heard(answer.text, answer.id, seconds)]

    async def leave(self) -> None:
        """See `Client`."""
        await leave(self._http, {"talk": self._talk})

    def _read(self, html: str) -> Transcript:
        hidden = _HIDDEN.search(html)
        return self._take(hidden[1] if hidden else "", 'class="notice"' in html)


class Widget(_Carried):
    """`/talk`, as the widget calls it."""

    async def step(self, step: str) -> Sequence[Heard]:
        """See `Client`."""
        fields, _ = self._fields(step)
        body, seconds = await ask(self._http, "POST", "/talk", json=fields)
        given = json.loads(body)
        transcript = self._take(given["talk"], given["notice"] is not None)
        lines = ("".join(text for text, _ in line["pieces"]) for line in given["answer"]["lines"])
        text = "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")  # as it is typeset for the page
        return [Heard(text, transcript.rounds[-1].answer.id, seconds)]

    async def leave(self) -> None:
        """See `Client`."""
        await leave(self._http, {"talk": self._talk, "stay": ""})
