"""A stored answer: what a repeated request gets once more."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """An answer of the API, byte for byte. `headers` holds what belongs to it, such as `Location` and `ETag`."""

    status: int
    headers: Mapping[str, str]
    body: str
    replayed: bool = False
