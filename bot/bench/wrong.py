"""What can stop a measurement."""


class CannotBench(RuntimeError):
    """Something cannot be measured. `str(error)` says what and why."""
