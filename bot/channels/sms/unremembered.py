"""Texts while nothing can be remembered: a crisis is answered, anything else is told that it was not."""

import contextlib
import logging
import secrets

from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.control import shown
from bot.channels.sms import writing
from bot.channels.sms.conversation import Answers
from bot.store import StoreUnavailable
from bot.turn import Turn

logger = logging.getLogger(__name__)


async def reply(lantern: Answers, text: str) -> str:
    """The reply to `text`, in its language. A crisis gets its whole answer at once: no MORE could bring the rest."""
    session = secrets.token_hex(16)
    try:
        exchange = await lantern.converse(Turn(text, session, "sms"))
        with contextlib.suppress(StoreUnavailable):
            await lantern.forget(session)  # the store was only busy: nobody could delete this one
        language = exchange.understood.language
        if exchange.understood.gate:
            return writing.whole(exchange.answer, language)
    except StoreUnavailable:
        language = (await lantern.parse(text)).language
    except Exception as error:  # its text may hold a person's words
        logger.error("A text was not answered: %s", type(error).__name__)
        language = ENGLISH
    return shown(language).say("sms.failed")
