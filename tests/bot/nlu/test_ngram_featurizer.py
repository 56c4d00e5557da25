"""The spelling of a message as one weighed row: what scikit-learn's own TF-IDF gives, also after it was stored."""

from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

from bot.nlu.ngram_featurizer import PIECES, WORDS, NgramFeaturizer, ngram_matrix, ngram_rows

TEXTS = ["clear my record", "can they see my record", "hes here", "clear it clear it", "我被抓了", "they see"]


def messages(texts: list[str] = TEXTS) -> list[Message]:
    return [Message(data={TEXT: text, "intent": "greet"}) for text in texts]


@pytest.fixture
def featurizer(tmp_path: Path) -> NgramFeaturizer:
    """One that was trained on `TEXTS`, stored and loaded again."""
    storage, resource = LocalModelStorage(tmp_path), Resource("ngrams")
    config = {**NgramFeaturizer.get_default_config(), "min_df": 1}
    context = ExecutionContext(GraphSchema({}), node_name="ngrams")
    NgramFeaturizer.create(config, storage, resource, context).train(TrainingData(messages()))
    return NgramFeaturizer.load(config, storage, resource, context)


def test_rows_are_those_of_scikit_learn(featurizer):
    counters = [CountVectorizer(ngram_range=(1, 2)), CountVectorizer(analyzer="char_wb", ngram_range=(2, 5))]
    expected = TfidfTransformer(sublinear_tf=True).fit_transform(hstack([c.fit_transform(TEXTS) for c in counters]))
    assert np.allclose(ngram_matrix(featurizer.process(messages())).toarray(), expected.toarray(), atol=1e-6)


def test_each_column_has_a_name(featurizer):
    (row,) = ngram_rows(featurizer.process(messages(["clear"])))
    names = featurizer.ngrams()
    assert len(names) == row.shape[1]
    used = {names[column] for column in row.indices}
    assert (WORDS, "clear") in used and (PIECES, " clea") in used and (PIECES, "hes") not in used


def test_unknown_words_and_none(featurizer):
    (unknown,) = ngram_rows(featurizer.process(messages(["qqq"])))
    assert unknown.nnz == 0
    assert featurizer.process([Message(data={})])[0].features == []


@pytest.mark.parametrize("config", [{"words": [2, 1]}, {"pieces": [0, 3]}])
def test_a_range_that_is_none_is_an_error(config):
    with pytest.raises(ValueError, match="at least 1"):
        NgramFeaturizer.validate_config(config)
