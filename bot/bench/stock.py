"""A stock Rasa project: what `rasa init` lays down, with Lantern's topics, rules, stories and messages."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import yaml

from bot.bench.process import Command, Done, measured, started
from bot.bench.redis import redis
from bot.bench.serving import REST, Served, free_port, until_it_answers
from bot.bench.wrong import CannotBench
from bot.settings import ROOT

MODEL = "stock"
ACTIONS = Path(__file__).parent / "stock_actions.py"
START_SECONDS = 300.0
TOPICS_OF_LANTERN = ("domain.yml", "data/rules.yml", "data/stories.yml")


class Stock:
    """The project in `folder`, run by the environment whose Python is `python`.

    Args:
        messages: folder of the training messages.
        epochs: of its training; None to leave its configuration as `rasa init` lays it down.
        texts: what its answers say, by topic.
    """

    def __init__(
        self, folder: Path, python: Path, messages: Path, texts: Mapping[str, str], epochs: int | None = None
    ) -> None:
        self.folder, self._rasa = folder, python.parent / "rasa"
        shutil.rmtree(folder, ignore_errors=True)
        template = next(python.parents[1].glob("lib/python*/site-packages/rasa/cli/initial_project"), None)
        if template is None:
            raise CannotBench(f"There is no Rasa in {python.parents[1]}.")
        for name in ("config.yml", "credentials.yml"):  # as they come: its default pipeline and policies
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(template / name, folder / name)
        if epochs:
            config = folder / "config.yml"
            config.write_text(_shortened(config.read_text(encoding="utf-8"), epochs), encoding="utf-8")
        (folder / "data").mkdir()
        for name in TOPICS_OF_LANTERN:
            shutil.copy(ROOT / name, folder / name)
        shutil.copytree(messages, folder / "data" / "nlu")
        actions = folder / "actions"
        actions.mkdir()
        (actions / "__init__.py").touch()
        shutil.copy(ACTIONS, actions / "actions.py")
        (actions / "texts.json").write_text(json.dumps(dict(texts)), encoding="utf-8")

    @property
    def model(self) -> Path:
        """Where its model is, once it is trained."""
        return self.folder / "models" / f"{MODEL}.tar.gz"

    def train(self) -> Done:
        """`rasa train`. Raises `CannotBench`."""
        command: Command = [self._rasa, "train", "--fixed-model-name", MODEL, "--force"]
        done = measured(command, self.folder, self.folder / "training.printed")
        if not self.model.exists():
            raise CannotBench("`rasa train` made no model")
        return done

    @contextmanager
    def running(self, workers: int = 1) -> Iterator[Served]:
        """`rasa run` and `rasa run actions`, each on a port of its own; several workers share a Redis.

        Raises:
            CannotBench: it does not answer within `START_SECONDS`.
        """
        port, actions = free_port(), free_port()
        endpoints = self.folder / "endpoints.yml"
        with ExitStack() as stack:
            given: dict[str, Any] = {"action_endpoint": {"url": f"http://localhost:{actions}/webhook"}}
            if workers > 1:
                stores = {"type": "redis", "url": "127.0.0.1", "port": stack.enter_context(redis(self.folder))}
                given |= {"tracker_store": stores, "lock_store": stores}
            endpoints.write_text(yaml.safe_dump(given), encoding="utf-8")
            printed = self.folder / "run.printed"
            serving: Command = [self._rasa, "run", "--port", str(port), "--endpoints", endpoints]
            acting: Command = [self._rasa, "run", "actions", "--port", str(actions)]
            bot = stack.enter_context(
                started([*serving, "--model", self.model], self.folder, printed, {"SANIC_WORKERS": str(workers)})
            )
            actor = stack.enter_context(started(acting, self.folder, self.folder / "actions.printed"))
            service = Served(f"http://127.0.0.1:{port}", (bot.pid, actor.pid), REST)
            until_it_answers(service, bot, printed, START_SECONDS)
            yield service


def _shortened(config: str, epochs: int) -> str:
    """`config` with its default pipeline and policies, which it has in comments, written out with fewer epochs."""
    written_out = re.sub(r"^#(?=   )", " ", config, flags=re.MULTILINE)
    return re.sub(r"epochs: \d+", f"epochs: {epochs}", written_out)
