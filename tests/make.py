"""What tests begin with: people, drafts and cases that real actions made."""

from tests.making import NOON
from tests.making_sign_offs import MakesSignOffs

__all__ = ["NOON", "Maker"]


class Maker(MakesSignOffs):
    """Makes what a test arranges, each time anew, through real actions."""
