"""What tests of review, and of the parts after it, begin with."""

from tests.make import Maker
from tests.making_cases import BODY, EDITED, Step, later

__all__ = ["BODY", "EDITED", "CaseMaker", "Step", "later"]


class CaseMaker(Maker):
    """Makes cases; everything is inherited."""
