"""What tests begin with: people, drafts and cases that real actions made."""

from tests.making import NOON, MakesDrafts

__all__ = ["NOON", "Maker"]


class Maker(MakesDrafts):
    """Makes what a test arranges, each time anew, through real actions."""
