"""Other pipelines on the same messages: what Rasa's own default understands, and what each half of ours does alone.

`lantern compare` trains them (Rasa's default takes long) and keeps the figures in `docs/comparison.yml`, which the page
of `lantern evaluate` shows.
"""

import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from actions.knowledge.catalogs import ENGLISH
from actions.knowledge.yaml_file import read_yaml
from bot.evaluation.measures import Figures, Heard
from bot.evaluation.messages import Labelled
from bot.evaluation.report import Page, percent
from bot.nlu.encoders.encoder import ENGLISH_ONLY
from bot.settings import ROOT
from bot.understanding import understanding

FIGURES = ROOT / "docs" / "comparison.yml"
FEW = 20  # messages a topic that every pipeline can learn from in reasonable time
WORDS = {"name": "WhitespaceTokenizer"}
STOCK_NGRAMS: tuple[dict[str, Any], ...] = (
    {"name": "CountVectorsFeaturizer", "analyzer": "word", "min_ngram": 1, "max_ngram": 2},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 5, "min_df": 2},
)
NGRAMS = {"name": "bot.nlu.ngram_featurizer.NgramFeaturizer"}
ENCODER = {"name": "bot.nlu.sentence_encoder.SentenceEncoder"}
LANGUAGE = {"name": "bot.nlu.language_classifier.LanguageClassifier"}
ENGLISH_ENCODER = {**ENCODER, "model": ENGLISH_ONLY, "language": ENGLISH}
FALLBACK = {"name": "FallbackClassifier", "threshold": 0.4, "ambiguity_threshold": 0.05}
STOCK: tuple[dict[str, Any], ...] = (  # as `rasa init` of 3.6 writes it
    WORDS,
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
    {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
)
OURS = {"name": "bot.nlu.topic_classifier.TopicClassifier"}
DIET, RASAS_REGRESSION = "Rasa's default (DIET)", "n-grams, Rasa's logistic regression"
PIPELINES: dict[str, tuple[dict[str, Any], ...]] = {
    DIET: STOCK,
    RASAS_REGRESSION: (WORDS, *STOCK_NGRAMS, {"name": "LogisticRegressionClassifier"}, FALLBACK),
    "sentence encoder, our regression": (WORDS, NGRAMS, ENCODER, {**OURS, "vector_weight": 1.0}, FALLBACK),
    "n-grams, our regression": (WORDS, NGRAMS, ENCODER, {**OURS, "vector_weight": 0.0}, FALLBACK),
    "ours: n-grams and an encoder": (WORDS, NGRAMS, ENCODER, OURS, FALLBACK),
    "ours: n-grams and both encoders": (WORDS, NGRAMS, ENCODER, LANGUAGE, ENGLISH_ENCODER, OURS, FALLBACK),
}
TAKES_HOURS = (DIET, RASAS_REGRESSION)  # on all messages; the second of them takes more than 8 GB too


async def measure(name: str, messages: Iterable[Labelled], each: int | None) -> dict[str, Any]:
    """Trains the pipeline `name` on `each` messages a topic (None: all) and measures it on `messages`."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as scratch:
        config, data = Path(scratch) / "config.yml", Path(scratch) / "nlu.yml"
        config.write_text(yaml.safe_dump({"recipe": "default.v1", "language": "en", "pipeline": [*PIPELINES[name]]}))
        data.write_text(yaml.safe_dump({"version": "3.1", "nlu": [*_training(each)]}, allow_unicode=True))
        start = time.monotonic()
        model = train_nlu(str(config), str(data), scratch, fixed_model_name="model", domain=str(ROOT / "domain.yml"))
        seconds = time.monotonic() - start
        agent = Agent.load(str(model))
        heard = [Heard(m, understanding(await agent.parse_message(m.text.lstrip("/") or "?"))) for m in messages]
    figures = Figures.of(heard)
    return {
        "messages": figures.messages,
        "first": figures.first,
        "among_three": figures.among_three,
        "confident_wrong": figures.confident_wrong,
        "asked": figures.asked,
        "training_seconds": round(seconds),
    }


def keep(size: str, name: str, figures: dict[str, Any]) -> None:
    """Puts `figures` into the file, beside the others."""
    rows = read_yaml(FIGURES) if FIGURES.exists() else {}
    rows.setdefault(size, {})[name] = figures
    FIGURES.write_text(yaml.safe_dump(rows, sort_keys=False, allow_unicode=True), encoding="utf-8")


def table(page: Page) -> None:
    """The figures kept, as a table for each size of training data."""
    if not FIGURES.exists():
        page.say("Not measured yet: `make compare`.")
        return
    for size, rows in read_yaml(FIGURES).items():
        page.say(f"Trained on {size}, measured on `strangers_en` by `make compare`:")
        header = ("pipeline", "top 1", "among 3", "confident wrong", "asked to choose", "training, seconds")
        shares = ("first", "among_three", "confident_wrong", "asked")
        page.table(
            header, ((name, *(percent(row[s]) for s in shares), row["training_seconds"]) for name, row in rows.items())
        )


def _training(each: int | None) -> Iterable[dict[str, str]]:
    """Our training messages as Rasa reads them; the first `each` of a topic."""
    for file in sorted((ROOT / "data" / "nlu" / "en").glob("*.yml")):
        for block in read_yaml(file)["nlu"]:
            if isinstance(block["examples"], str):
                lines = block["examples"].splitlines()[:each]
                yield {"intent": block["intent"], "examples": "\n".join(lines)}
