"""One entry of the transparency log: four ASCII lines, nothing personal.

Format `reviewdesk-entry/v1`: a format line, the kind, the digest of what is logged, the key that signed it.
What is hashed is the signed payload (or the key file), never the JSON around it: writing that JSON anew
breaks no proof.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from content.errors import Invalid
from content.proof.digest import hex_of

FORMAT: Final = "reviewdesk-entry/v1"
_ENTRY = re.compile(
    rb"reviewdesk-entry/v1\n(attest|supersede|revoke|keys)\n(sha256:[0-9a-f]{64})\nkey:(none|[0-9a-f]{64})\n"
)


class EntryMalformed(Invalid):
    """This is not a log entry of format reviewdesk-entry/v1."""

    code = "entry_malformed"


class EntryKind(StrEnum):
    """What an entry records: an attestation, a status statement about one, or a version of the key file."""

    ATTEST = "attest"
    SUPERSEDE = "supersede"
    REVOKE = "revoke"
    KEYS = "keys"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A parsed entry; `keyid` is None for a version of the key file."""

    kind: EntryKind
    digest: str
    keyid: str | None


def entry_text(*, kind: EntryKind, digest: str, keyid: str | None) -> bytes:
    """Return the bytes of an entry, about 170.

    :param digest: of the DSSE payload, or of the file `keys.json`, as `sha256:<hex>`.
    :param keyid: of the signing key, 64 hexadecimal digits; None exactly for kind `keys`.
    :raises NotADigest: if the digest is misspelled.
    :raises EntryMalformed: if the key id is misspelled, missing, or given for the key file.
    """
    text = f"{FORMAT}\n{kind.value}\nsha256:{hex_of(digest)}\nkey:{keyid or 'none'}\n".encode()
    parse_entry(text)
    return text


def parse_entry(text: bytes) -> Entry:
    """Read an entry.

    :raises EntryMalformed: if it is not exactly four lines of the format.
    """
    found = _ENTRY.fullmatch(text)
    if found is None:
        raise EntryMalformed
    kind, digest, key = (part.decode("ascii") for part in found.groups())
    if (kind == EntryKind.KEYS) != (key == "none"):
        raise EntryMalformed("Exactly the entries of kind keys name no key.")
    return Entry(kind=EntryKind(kind), digest=digest, keyid=None if key == "none" else key)
