"""The bundle: one JSON file that travels with a text and holds what is needed to check it, but for the keys.

`{"mediaType": ..., "envelope": <DSSE>, "proof": "<tlog-proof text>"}`, at most 1 MiB. Trust comes from
outside.
"""

import json
from dataclasses import dataclass
from typing import Final, Self

from content.proof.envelope import Envelope
from content.proof.strict import Json, Unsupported, as_object, as_text, read_json

MEDIA_TYPE: Final = "application/vnd.reviewdesk.bundle.v1+json"
_KEYS = frozenset({"mediaType", "envelope", "proof"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Bundle:
    """An envelope and the text of the proof that it stands in the log."""

    envelope: Envelope
    proof: str

    def to_value(self) -> dict[str, Json]:
        """Return the JSON object of the file."""
        return {"mediaType": MEDIA_TYPE, "envelope": self.envelope.to_value(), "proof": self.proof}

    def to_bytes(self) -> bytes:
        """Return the file: compact JSON in UTF-8, the same bytes each time."""
        text = json.dumps(self.to_value(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return text.encode("utf-8")

    @classmethod
    def from_value(cls, value: Json) -> Self:
        """Read the JSON object of a bundle.

        :raises Unreadable: if the shape is wrong.
        :raises Unsupported: if media type or payload type are others.
        """
        fields = as_object(value, keys=_KEYS)
        if as_text(fields["mediaType"]) != MEDIA_TYPE:
            raise Unsupported("The media type is not the one of a ReviewDesk bundle, version 1.")
        return cls(envelope=Envelope.from_value(fields["envelope"]), proof=as_text(fields["proof"]))

    @classmethod
    def from_bytes(cls, source: bytes) -> Self:
        """Read the file strictly.

        :raises Unreadable: if it is not strict JSON of the right shape, or larger than 1 MiB.
        :raises Unsupported: if media type or payload type are others.
        """
        return cls.from_value(read_json(source))
