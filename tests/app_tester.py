"""Conversations as scripts: say something, assert what came back."""

import secrets

from bot.agent import Lantern
from bot.turn import Exchange, Turn


class AppTester:
    """One conversation with Lantern.

    await tester.user("oregon")
    tester.assert_answer("law.OR.immunity").assert_says("ORS 167.007")
    """

    def __init__(self, lantern: Lantern, channel: str = "web") -> None:
        self.lantern = lantern
        self.session = secrets.token_hex(16)
        self.channel = channel
        self.last: Exchange | None = None

    async def user(self, text: str) -> Exchange:
        self.last = await self.lantern.converse(Turn(text, self.session, self.channel))
        return self.last

    @property
    def exchange(self) -> Exchange:
        assert self.last is not None, "nothing was said yet"
        return self.last

    def assert_answer(self, answer_id: str) -> "AppTester":
        assert self.exchange.answer.id == answer_id, (self.exchange.answer.id, self.exchange.answer.text)
        return self

    def assert_topic(self, topic: str) -> "AppTester":
        assert self.exchange.understood.topic == topic, self.exchange.understood
        return self

    def assert_says(self, *words: str) -> "AppTester":
        for word in words:
            assert word in self.exchange.answer.text, self.exchange.answer.text
        return self

    def assert_offers(self, *labels: str) -> "AppTester":
        offered = [choice.label for choice in self.exchange.answer.choices]
        for label in labels:
            assert label in offered, offered
        return self

    def assert_place(self, code: str | None) -> "AppTester":
        assert self.exchange.jurisdiction == code, self.exchange.jurisdiction
        return self

    def assert_gate(self, kind: str | None) -> "AppTester":
        assert self.exchange.understood.gate == kind, self.exchange.understood
        return self
