"""Logs that cannot hold a person's words.

Rasa prints messages, entities and slots at DEBUG, through `logging` and through structlog, and aiohttp's access log
prints addresses. Their loggers are held at WARNING whatever level is asked for; ours say what happened, never what was
said. `tests/bot/test_logs.py` runs conversations at DEBUG and searches everything that was printed.
"""

import atexit
import logging
import os
import warnings

import structlog

LOUD = (
    "rasa",
    "rasa_sdk",
    "aiohttp.access",
    "asyncio",
    "sanic",
    "apscheduler",
    "matplotlib",
)
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def quiet(level: str = "WARNING") -> None:
    """Sets up logging for this process at `level` for our own loggers; call before Rasa is imported."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    warnings.showwarning = _say_nothing  # filters do not last: libraries reset them as they are imported
    atexit.register(warnings.simplefilter, "ignore")  # SentencePiece warns as the interpreter goes
    logging.basicConfig(level=logging.ERROR, format=FORMAT, force=True)
    for name in ("bot", "actions"):
        logging.getLogger(name).setLevel(level)
    hold()


def _say_nothing(*_: object, **__: object) -> None:
    """Python's warnings are for developers of the libraries that raise them; the tests show them."""


def hold() -> None:
    """Holds other people's loggers at WARNING. Call again after Rasa is imported: it sets some of them itself."""
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in ("rasa.core", "aiohttp.server"):  # their warnings and errors quote what a person sent, or their address
        logging.getLogger(name).setLevel(logging.CRITICAL)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL), cache_logger_on_first_use=False
    )
