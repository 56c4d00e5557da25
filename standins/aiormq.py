"""aiormq: as aio-pika."""

from stand_in import stand_in

stand_in(__name__)
