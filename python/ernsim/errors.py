"""What a command of the program can end in besides its result."""


class InputError(ValueError):
    """What was given is wrong; the text is one line: what, where, what is allowed."""


class InternalError(RuntimeError):
    """The program ended without a result, and not for what it was given: a fault of its own, or a signal."""
