"""What a message is read as, and the language of a training message."""

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.message_fields import READ_AS, language_of, read_as, readings_of


def test_a_message_is_read_as_it_was_typed_or_mended_in_simplified_characters():
    assert read_as(Message({TEXT: "警察來了"})) == "警察来了"
    slip = Message({TEXT: "the polcie", READ_AS: "the police"})
    assert (read_as(slip), readings_of(slip)) == ("the police", ["the polcie", "the police"])
    assert readings_of(Message({TEXT: "the police"})) == ["the police"]


def test_a_training_message_is_english_where_it_does_not_say():
    assert language_of(Message({TEXT: "hola", "metadata": {"intent": {"language": "es"}}})) == "es"
    assert language_of(Message({TEXT: "hello"})) == "en"
