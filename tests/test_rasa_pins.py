"""Rasa 3.6.21 on Python 3.11 with our pins: it trains a model, loads it and answers through it."""

import sys
from importlib.metadata import version

import pytest
import yaml


def test_what_is_pinned():
    assert version("rasa") == "3.6.21"
    assert sys.version_info[:2] == (3, 11)


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory):
    """A model of two intents, trained with our own components and Rasa's rule policy."""
    import rasa

    root = tmp_path_factory.mktemp("tiny")
    nlu = [
        {"intent": "greet", "examples": "- hi\n- hello\n- hey there\n- good morning\n"},
        {"intent": "goodbye", "examples": "- bye\n- see you\n- goodbye\n- good night\n"},
    ]
    domain = {
        "version": "3.1",
        "intents": ["greet", "goodbye"],
        "responses": {"utter_greet": [{"text": "Hello."}], "utter_goodbye": [{"text": "Bye."}]},
    }
    rules = [{"rule": name, "steps": [{"intent": name}, {"action": f"utter_{name}"}]} for name in ("greet", "goodbye")]
    config = {
        "recipe": "default.v1",
        "assistant_id": "tiny",
        "language": "en",
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "bot.nlu.ngram_featurizer.NgramFeaturizer", "min_df": 1},
            {"name": "bot.nlu.sentence_encoder.SentenceEncoder"},
            {"name": "bot.nlu.topic_classifier.TopicClassifier"},
        ],
        "policies": [{"name": "RulePolicy"}],
    }
    files = {"nlu": {"version": "3.1", "nlu": nlu}, "rules": {"version": "3.1", "rules": rules}}
    for name, contents in {**files, "domain": domain, "config": config}.items():
        (root / f"{name}.yml").write_text(yaml.safe_dump(contents))
    result = rasa.train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "nlu.yml"), str(root / "rules.yml")],
        output=str(root),
    )
    assert result.code == 0
    return result.model


async def test_it_answers(tiny_model):
    from rasa.core.agent import Agent

    agent = Agent.load(tiny_model)
    for said, answered in (("hello there", "Hello."), ("see you, bye", "Bye.")):
        [message] = await agent.handle_text(said, sender_id=said)
        assert message["text"] == answered
