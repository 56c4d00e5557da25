"""TensorFlow: Rasa's DIET and TED, and four featurizers. They took 850 MB of disk and 320 MB of memory."""

from stand_in import stand_in

stand_in(__name__)
