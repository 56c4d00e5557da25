"""Why a target is hard to meet, and what would be built next to meet it: for each that a run did not meet."""

from collections.abc import Iterable, Iterator

from bot.bench.ratios import Row

REASONS = {  # by what is compared
    "turns a second of processor time": (
        "The encoder takes more than a third of a turn (see the profile below), and the target leaves less for the"
        " whole turn than it takes. Next: an encoder of six layers, distilled from this one, which halves its "
        "part; the second prediction of each turn, which is always to listen, without asking every policy; the "
        "patterns of the gate and of the lexicon in one automaton instead of some hundred searches."
    ),
    "p95 of one user's turn": (
        "The slow turns are long messages, whose sentences and parts the encoder reads one by one. Next: one pass "
        "over the whole message, each sentence's vector out of its own tokens, with an adapter that was trained "
        "so."
    ),
    "memory of one worker, after load": (
        "The encoder's weights, the n-grams with their weights, and Rasa with scikit-learn and SciPy. Next: the "
        "n-grams as one block that is mapped into memory, instead of Python strings in a dictionary."
    ),
    "memory of one more worker": (
        "It copies the pages of the objects whose references a turn counts, and has buffers of its own; which "
        "objects they are was not measured. Next: the n-grams as one block that is mapped into memory, instead of "
        "Python strings in a dictionary."
    ),
    "start to first answer": (
        "Importing Rasa and what it imports takes most of it. Next: a start that forks from a process in which "
        "they are imported."
    ),
    "training, time": (
        "Each message goes through the encoder once, and there is a regression for each topic. Next: vectors of "
        "messages kept from one training to the next, on the machine that trains."
    ),
    "installation, bytes": (
        "SciPy, ONNX Runtime, scikit-learn and the encoder's weights. Next: Rasa's training in an installation of "
        "its own, so that who serves a model has none of it."
    ),
}


def reasons(rows: Iterable[Row]) -> Iterator[str]:
    """A paragraph for each of `rows` whose target was not met."""
    for row in rows:
        if row.met not in ("yes", ""):
            yield f"**{row.what[0].upper()}{row.what[1:]}** is not met. {REASONS[row.what]}"
