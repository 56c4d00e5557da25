"""The three channels that people use."""

from collections.abc import Callable, Mapping

from aiohttp import ClientSession

from bot.load.carried import Page, Widget
from bot.load.client import Client, Keys
from bot.load.phone import Phone

CHANNELS: Mapping[str, Callable[[ClientSession, Keys], Client]] = {"page": Page, "widget": Widget, "phone": Phone}
