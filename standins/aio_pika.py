"""aio-pika: Rasa's RabbitMQ event broker."""

from stand_in import stand_in

stand_in(__name__)
