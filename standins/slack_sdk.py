"""slack-sdk: Rasa's Slack channel."""

from stand_in import stand_in

stand_in(__name__)
