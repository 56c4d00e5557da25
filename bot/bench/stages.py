"""In a child: `lantern serve`, with a clock around each part of a turn: `python -m bot.bench.stages serve …`.

The clocks are put around the product's own functions from outside; a part's time does not count what other parts take
within it. For one user at a time. When it ends, what it measured is written to the file that `BENCH_STAGES` names.
"""

import functools
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

WRITTEN, SKIPPED = "BENCH_STAGES", "BENCH_SKIPPED"  # environment variables: the file to write; turns not counted
AGENT, FORWARD, CHANNEL, RENDERING = "our agent around Rasa", "encoder, forward pass", "channel", "rendering"
STAGES: dict[str, tuple[str, ...]] = {  # part -> functions whose time it is
    "safety gate": ("bot.nlu.safety_gate:SafetyGate.process",),
    "language": ("bot.nlu.language_classifier:LanguageClassifier.process",),
    "places and words": (
        "bot.nlu.place_extractor:PlaceExtractor.process",
        "bot.nlu.lexicon_extractor:LexiconExtractor.process",
    ),
    "spelling": ("bot.nlu.spelling:Spelling.process",),
    "features (n-grams)": (
        "rasa.nlu.tokenizers.tokenizer:Tokenizer.process",
        "bot.nlu.ngram_featurizer:NgramFeaturizer.process",
    ),
    FORWARD: ("bot.nlu.encoders.encoder:Encoder.encode",),
    "encoder, around it": (
        "bot.nlu.sentence_encoder:SentenceEncoder.process",
        "bot.nlu.encoders.pieces:Pieces.ids",
        "bot.nlu.encoders.pieces:WordPieces.ids",
    ),
    "classifiers": (
        "bot.nlu.topic_classifier:TopicClassifier.process",
        "bot.nlu.alarm_classifier:AlarmClassifier.process",
        "rasa.nlu.classifiers.fallback_classifier:FallbackClassifier.process",
    ),
    "policies": (
        "rasa.core.policies.memoization:MemoizationPolicy.predict_action_probabilities",
        "rasa.core.policies.rule_policy:RulePolicy.predict_action_probabilities",
        "rasa.core.policies.ensemble:DefaultPolicyPredictionEnsemble.combine_predictions_from_kwargs",
    ),
    "Rasa's graph": ("bot.quick_rasa:OrderedRunner.run",),
    "Rasa's processor": ("rasa.core.processor:MessageProcessor.handle_message",),
    "tracker: read and kept": (
        "bot.sessions:ForgettingTrackerStore.save",
        "bot.sessions:ForgettingTrackerStore.retrieve",
    ),
    "action": ("rasa_sdk.executor:ActionExecutor.run",),
    AGENT: ("bot.agent:Lantern.converse",),
    RENDERING: (
        "bot.channels.talk:_as_dict",
        "bot.channels.transcript:Signer.read",
        "bot.channels.transcript:Signer.sign",
    ),
    CHANNEL: ("bot.channels.talk:reply_to", "bot.channels.talk:_fields"),
}


class Clock:
    """Times by part, each without the parts within it; of turns only, not of what a start warms up.

    Args:
        skip: turns that are not counted: the first, which are slower than all others.
    """

    def __init__(self, skip: int = 0) -> None:
        self._skip = skip
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, int] = {}
        self._inner: list[float] = []  # of each part that is running: what parts within it took
        self._ended: list[tuple[str, float]] = []  # parts of what is going on

    def around(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, timed as `part`."""
        if iscoroutinefunction(function):

            @functools.wraps(function)
            async def later(*args: Any, **kwargs: Any) -> Any:
                began = self._begin()
                try:
                    return await function(*args, **kwargs)
                finally:
                    self._end(part, began)

            return later

        @functools.wraps(function)
        def now(*args: Any, **kwargs: Any) -> Any:
            began = self._begin()
            try:
                return function(*args, **kwargs)
            finally:
                self._end(part, began)

        return now

    def _begin(self) -> float:
        self._inner.append(0.0)
        return time.perf_counter()

    def _end(self, part: str, began: float) -> None:
        took = time.perf_counter() - began
        self._ended.append((part, took - self._inner.pop()))
        if self._inner:
            self._inner[-1] += took
            return
        ended, self._ended = self._ended, []
        if part not in (CHANNEL, RENDERING):
            return
        if self._skip:
            self._skip -= any(name == AGENT for name, _ in ended)
            return
        for name, seconds in ended:
            self.seconds[name] = self.seconds.get(name, 0.0) + seconds
            self.calls[name] = self.calls.get(name, 0) + 1


def put_around(clock: Clock) -> None:
    """Puts `clock` around every function of `STAGES`. Raises AttributeError where one of them is gone."""
    for part, names in STAGES.items():
        for name in names:
            owner, attribute = found(name)
            setattr(owner, attribute, clock.around(part, getattr(owner, attribute)))


def found(name: str) -> tuple[Any, str]:
    """The class or module that "module:Class.function" stands in, and the function's name in it."""
    module, _, path = name.partition(":")
    *within, attribute = path.split(".")
    return functools.reduce(getattr, within, importlib.import_module(module)), attribute


def main() -> int:
    """Serves, and writes what it measured."""
    from bot import cli

    clock = Clock(int(os.environ.get(SKIPPED, "0")))
    put_around(clock)
    try:
        return cli.main(sys.argv[1:])
    finally:
        Path(os.environ[WRITTEN]).write_text(
            json.dumps({"seconds": clock.seconds, "calls": clock.calls}), encoding="utf-8"
        )


if __name__ == "__main__":
    sys.exit(main())
