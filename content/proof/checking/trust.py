"""What a verifier trusts: one key set, its keys read once, and the checkpoints already found right."""

from collections import OrderedDict
from typing import Final

from securesystemslib.signer import SSlibKey

from content.proof.keyset import KeyListed, KeySet
from content.proof.note import Checkpoint, NoteUntrusted, open_checkpoint

# A batch over one log sees a handful of checkpoints; this only bounds the memory of a hostile one.
REMEMBERED: Final = 256


class Trust:
    """A key set made ready for many verifications; a checkpoint found right is not verified again."""

    def __init__(self, keys: KeySet) -> None:
        self.keys = keys
        self._ssl_keys: dict[str, SSlibKey] = {}
        self._logs = [(log, log.key) for log in keys.logs]
        self._opened: OrderedDict[str, Checkpoint] = OrderedDict()

    def statement_key(self, keyid: str) -> tuple[KeyListed, SSlibKey] | None:
        """Return the key with this id that may sign statements, or None."""
        listed = self.keys.statement_key(keyid)
        if listed is None:
            return None
        if keyid not in self._ssl_keys:
            self._ssl_keys[keyid] = listed.ssl_key()
        return listed, self._ssl_keys[keyid]

    def open(self, note: str) -> Checkpoint:
        """Return what a checkpoint says, if a log key of the set signed it.

        :raises NoteMalformed: if it is no checkpoint.
        :raises NoteUntrusted: if no log key of the set, in use at that size, signed it.
        """
        known = self._opened.get(note)
        if known is not None:
            return known
        checkpoint, signers = open_checkpoint(note, [key for _, key in self._logs])
        in_use = [log for log, key in self._logs if key in signers and checkpoint.size > log.first_index]
        if not in_use:
            raise NoteUntrusted("The log key that signed this checkpoint was not in use at its size.")
        self._opened[note] = checkpoint
        if len(self._opened) > REMEMBERED:
            self._opened.popitem(last=False)
        return checkpoint
