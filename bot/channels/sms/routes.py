"""Joins the webhooks to the application, where they are configured and only then."""

import logging

from aiohttp import web

from bot.channels.sms.conversation import Answers, Texts
from bot.channels.sms.numbers import Keyed
from bot.channels.sms.optouts import FolderOptOuts, OptOuts, OptOutsUnusable, StoredOptOuts
from bot.channels.sms.plivo import Plivo
from bot.channels.sms.twilio import Twilio
from bot.channels.sms.webhook import Provider, Webhook
from bot.settings import Settings

logger = logging.getLogger(__name__)


def providers(settings: Settings) -> list[Provider]:
    """The providers that have a token."""
    found: list[Provider] = []
    if settings.twilio_token:
        found.append(Twilio(settings.twilio_token))
    if settings.plivo_token:
        found.append(Plivo(settings.plivo_token))
    return found


def missing(settings: Settings) -> list[str]:
    """The settings without which no text is taken."""
    needed = {"LANTERN_SECRET": settings.secret, "LANTERN_PUBLIC_URL": settings.public_url}
    return [name for name, value in needed.items() if not value]


def add_to(app: web.Application, lantern: Answers, settings: Settings, optouts: OptOuts | None = None) -> None:
    """Adds the route of each configured provider. Where something is missing it adds none and says so in the log: the
    page works without text messages, and nobody is let in unproven.

    Args:
        optouts: who wants no texts; default: in Redis where there is one, otherwise the folder of the settings.
    """
    configured = providers(settings)
    if not configured:
        return
    if lacking := missing(settings):
        logger.warning("Text messages are off: %s must be set", " and ".join(lacking))
        return
    keyed = Keyed(settings.secret)
    try:
        optouts = optouts or _optouts(lantern, settings, keyed)
    except OptOutsUnusable as error:
        logger.error("Text messages are off: %s", error)
        return
    texts = Texts(lantern, optouts, settings.operator, 60 * settings.sms_idle_minutes)
    for provider in configured:
        webhook = Webhook(provider, texts, keyed, settings.public_url.rstrip("/"))
        app.router.add_post(provider.path, webhook.receive)


def _optouts(lantern: Answers, settings: Settings, keyed: Keyed) -> OptOuts:
    if settings.redis_url:
        return StoredOptOuts(lantern.store)
    return FolderOptOuts(settings.optouts, keyed.fingerprint)
