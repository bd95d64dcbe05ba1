"""How the scripts say no: one sentence with the remedy, and an exit code for programs that call them."""

MISSING_PIECE = 3
ALREADY_RUNNING = 4
PORT_TAKEN = 5


class CannotGoOn(Exception):
    """Ends the script with one sentence.

    :param code: exit code; 1 for anything that has no code of its own.
    """

    def __init__(self, sentence: str, *, code: int = 1) -> None:
        self.code = code
        super().__init__(sentence)
