"""Several processes that answer on one socket: loaded once, then forked, so that they share the model's memory.

The parent answers nothing. It starts a worker anew that died, loads a new model on SIGHUP and changes the workers one
after the other, and ends them all, within their time of grace, on SIGTERM. It also keeps the counts of the months, of
all workers together, so that none are lost with a worker.
"""

import asyncio
import gc
import logging
import os
import signal
import socket
import time
from collections.abc import Callable

from bot.agent import Lantern, ModelUnusable
from bot.metrics import cells_of_workers
from bot.monthly.keeper import Keeper
from bot.settings import Settings

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0  # before a worker that died at once is started again
PATIENCE_SECONDS = 12.0  # for a worker to end: a little more than its own time of grace


class Workers:
    """The processes of one `lantern serve`.

    Args:
        load: makes a `Lantern` of the newest model; called in the parent, again on SIGHUP.
    """

    def __init__(self, load: Callable[[], Lantern], settings: Settings, listening: socket.socket) -> None:
        self._load, self._settings, self._listening = load, settings, listening
        self._lantern = load()
        self._places: dict[int, int] = {}  # process id -> which of the workers it is
        self._signals: list[int] = []

    def run(self, ready: Callable[[], None]) -> None:
        """Returns when every worker has ended. Calls `ready` once they are started."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda number, _frame: self._signals.append(number))
        gc.freeze()  # what is loaded stays in pages that the workers share
        keeper = Keeper(self._settings.counts, cells_of_workers) if self._settings.counts else None
        for place in range(self._settings.workers):
            self._start(place)
        ready()
        while True:
            if signal.SIGTERM in self._signals or signal.SIGINT in self._signals:
                self._end(list(self._places))
                if keeper:
                    keeper.close()
                return
            if signal.SIGHUP in self._signals:
                self._signals.remove(signal.SIGHUP)
                self._change_the_model()
            self._replace_the_dead()
            if keeper:
                keeper.tick()
            time.sleep(0.1)

    def _start(self, place: int) -> None:
        process = os.fork()
        if process:
            self._places[process] = place
            return
        status = 1
        try:
            from bot.server import serve

            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)  # is for the parent
            serving = serve(self._lantern, self._settings, self._listening, shows_metrics=place == 0, is_a_worker=True)
            asyncio.run(serving)
            status = 0
        except BaseException as error:  # nothing may leave the child by another way than its end
            logger.error("A worker failed: %s", type(error).__name__)
        finally:
            os._exit(status)

    def _replace_the_dead(self) -> None:
        for place in self._ended().values():
            logger.error("A worker ended unasked and is started again")
            time.sleep(PAUSE_SECONDS)
            self._start(place)

    def _change_the_model(self) -> None:
        """New workers first, then the old ones end: the socket is never without anybody who answers."""
        try:
            self._lantern = self._load()
        except ModelUnusable as error:
            logger.error("The old model stays: %s", error)
            return
        gc.freeze()
        old = list(self._places)
        for process in old:
            self._start(self._places[process])
        self._end(old)

    def _end(self, processes: list[int]) -> None:
        for process in processes:
            os.kill(process, signal.SIGTERM)
        until = time.monotonic() + PATIENCE_SECONDS
        while any(process in self._places for process in processes):
            if time.monotonic() > until:
                for process in set(processes) & set(self._places):
                    os.kill(process, signal.SIGKILL)
            for process, place in self._ended().items():
                if process not in processes:
                    self._start(place)
            time.sleep(0.05)

    def _ended(self) -> dict[int, int]:
        """Workers that ended since it was last asked, and which they were."""
        ended = [process for process in self._places if os.waitpid(process, os.WNOHANG)[0]]
        return {process: self._places.pop(process) for process in ended}
