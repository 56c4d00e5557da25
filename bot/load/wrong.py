"""What can go wrong with one turn."""


class CannotLoad(RuntimeError):
    """Nothing can be measured. `str(error)` says why and what would help."""


class TurnFailed(Exception):
    """A turn did not go as it should. `str(error)` says how, in a few words; `kind` is how it is counted."""

    kind = "errors"


class Refused(TurnFailed):
    """The service said that it does not answer: too many at once, or something is away. Nothing was pretended."""


class Lost(TurnFailed):
    """No answer came, or the service no longer knew the conversation."""

    kind = "lost"


class Crossed(TurnFailed):
    """An answer came that belongs to another conversation, or to another turn."""

    kind = "crossed"
