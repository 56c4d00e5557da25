"""aiogram: Rasa's Telegram channel."""

from stand_in import stand_in

stand_in(__name__)
