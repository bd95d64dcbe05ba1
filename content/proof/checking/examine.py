"""The checks that an attestation and a status statement share: key, signature, statement, log, checkpoint, mode."""

from collections.abc import Callable
from dataclasses import dataclass, field

from content.proof.bundle import Bundle
from content.proof.checking.states import Check, Outcome, Place, State
from content.proof.checking.trust import Trust
from content.proof.entry import EntryKind, EntryMalformed, entry_text
from content.proof.envelope import BadSignature, check_signature
from content.proof.keyset import KeyListed
from content.proof.merkle import MalformedProof, ProofMismatch, check_inclusion, leaf_hash
from content.proof.note import Checkpoint, LogProof, NoteMalformed, NoteUntrusted, parse_proof, read_checkpoint
from content.proof.predicate.reader import BadStatement, Statement
from content.proof.strict import Unreadable, Unsupported


@dataclass(slots=True)
class Examined:
    """What came of the checks so far; filled in by the steps of `examine`, in order."""

    bundle: Bundle
    trust: Trust
    checks: list[Check] = field(default_factory=list)
    key: KeyListed | None = None
    statement: Statement | None = None
    proof: LogProof | None = None
    place: Place | None = None
    signed_tree: Checkpoint | None = None

    @property
    def failed(self) -> State | None:
        """The state of the first check that failed, or None."""
        return next((check.state for check in self.checks if check.state is not None), None)

    def passed(self, name: str, detail: str) -> None:
        """Note a check that held."""
        self.checks.append(Check(name=name, result=Outcome.PASS, detail=detail))

    def failed_at(self, name: str, state: State, detail: str) -> None:
        """Note a check that did not hold, and what that means."""
        self.checks.append(Check(name=name, result=Outcome.FAIL, detail=detail, state=state))

    def skipped(self, name: str, detail: str) -> None:
        """Note a check that was not asked for."""
        self.checks.append(Check(name=name, result=Outcome.SKIPPED, detail=detail))

    def not_reached(self, name: str) -> None:
        """Note a check that could not run because an earlier one failed.

        :raises RuntimeError: if none did: a check that silently falls away must never end in a green light.
        """
        if self.failed is None:
            raise RuntimeError(f"The check {name} was passed over although nothing had failed.")
        self.skipped(name, "An earlier check failed.")


def examine(
    bundle: Bundle,
    trust: Trust,
    *,
    read: Callable[[bytes], Statement],
    kind_of: Callable[[Statement | None], EntryKind | None],
    seen: str | None = None,
) -> Examined:
    """Run the shared checks over a bundle; every check that can run does.

    :param read: reads the payload, once its signature was found right, and raises what it finds wrong.
    :param kind_of: the kind of log entry that the statement must stand under; None if that cannot be told.
    :param seen: a checkpoint that the user saw earlier; must be a readable note.
    """
    examined = Examined(bundle=bundle, trust=trust)
    signed = _check_signature(examined)
    _check_statement(examined, read if signed else None)
    _check_log(examined, kind_of(examined.statement))
    _check_checkpoint(examined, seen)
    _check_key_range(examined)
    _check_mode(examined)
    return examined


def _check_signature(examined: Examined) -> bool:
    """Find the key, then check the signature. Nothing of the payload is read before."""
    envelope = examined.bundle.envelope
    found = examined.trust.statement_key(envelope.keyid)
    if found is None:
        examined.failed_at("key", State.UNKNOWN_KEY, "No key of the key set has the key id of this envelope.")
        examined.not_reached("signature")
        return False
    examined.key, ssl_key = found
    examined.passed("key", "The key is in the key set.")
    try:
        check_signature(envelope, ssl_key)
    except BadSignature as error:
        examined.failed_at("signature", State.BAD_SIGNATURE, error.detail)
        return False
    examined.passed("signature", "The key signed exactly these bytes.")
    return True


def _check_statement(examined: Examined, read: Callable[[bytes], Statement] | None) -> None:
    if read is None:
        examined.not_reached("statement")
        return
    try:
        statement = read(examined.bundle.envelope.payload)
    except Unreadable as error:
        examined.failed_at("statement", State.UNREADABLE, error.detail)
    except Unsupported as error:
        examined.failed_at("statement", State.UNSUPPORTED, error.detail)
    except BadStatement as error:
        examined.failed_at("statement", State.BAD_STATEMENT, error.detail)
    else:
        examined.statement = statement
        examined.passed("statement", "The statement has the right shape and keeps its own rules.")


def _check_log(examined: Examined, kind: EntryKind | None) -> None:
    """Hold that the path leads from this entry to the root its checkpoint names; who signed that comes next."""
    if kind is None:
        examined.not_reached("log")
        return
    envelope = examined.bundle.envelope
    try:
        proof = examined.proof = parse_proof(examined.bundle.proof)
        tree = read_checkpoint(proof.checkpoint)
        entry = entry_text(kind=kind, digest=envelope.payload_digest, keyid=envelope.keyid)
        check_inclusion(leaf=leaf_hash(entry), index=proof.index, size=tree.size, path=proof.path, root=tree.root)
    except (NoteMalformed, EntryMalformed, MalformedProof, ProofMismatch) as error:
        examined.failed_at("log", State.NOT_IN_LOG, error.detail)
    else:
        examined.place = Place(origin=tree.origin, index=proof.index, size=tree.size)
        examined.passed("log", f"The path leads from entry {proof.index} to the root of {tree.size} entries.")


def _check_checkpoint(examined: Examined, seen: str | None) -> None:
    if examined.proof is None:
        examined.not_reached("checkpoint")
        return
    try:
        tree = examined.trust.open(examined.proof.checkpoint)
    except (NoteMalformed, NoteUntrusted) as error:
        examined.failed_at("checkpoint", State.LOG_INCONSISTENT, error.detail)
        return
    examined.signed_tree = tree
    if seen is None:
        examined.passed("checkpoint", "A log key of the key set signed the checkpoint.")
    else:
        _compare_checkpoints(examined, tree, seen)


def _compare_checkpoints(examined: Examined, tree: Checkpoint, seen: str) -> None:
    """Hold that the checkpoint the user saw earlier, where it can be compared at all, names the same tree."""
    try:
        earlier = examined.trust.open(seen)
    except (NoteMalformed, NoteUntrusted):
        examined.failed_at(
            "checkpoint", State.LOG_INCONSISTENT, "No log key of the key set signed the checkpoint you gave."
        )
        return
    if earlier.origin != tree.origin:
        examined.passed("checkpoint", "A log key signed the checkpoint; the one you gave is of another log.")
    elif earlier.size != tree.size:
        examined.passed(
            "checkpoint",
            "A log key signed the checkpoint; the one you gave has another size, so only an audit can compare.",
        )
    elif earlier.root != tree.root:
        examined.failed_at("checkpoint", State.LOG_INCONSISTENT, "The log signed two different trees of one size.")
    else:
        examined.passed("checkpoint", "A log key signed the checkpoint; it is the one you gave.")


def _check_key_range(examined: Examined) -> None:
    key, place = examined.key, examined.place
    if key is None or place is None:
        examined.not_reached("key_range")
    elif key.is_revoked_at(place.index):
        examined.failed_at(
            "key_range",
            State.KEY_REVOKED,
            f"Entry {place.index} is not before entry {key.revoked_from_index}, where the key was revoked.",
        )
    elif not key.is_in_use_at(place.index):
        examined.failed_at(
            "key_range", State.KEY_NOT_VALID, f"The key was not in use at entry {place.index} of the log."
        )
    else:
        examined.passed("key_range", f"The key was in use at entry {place.index} of the log.")


def _check_mode(examined: Examined) -> None:
    key, statement = examined.key, examined.statement
    if key is None:
        examined.not_reached("mode")
    elif key.is_test:
        examined.failed_at("mode", State.TEST_KEY, "The key is a test key.")
    elif statement is not None and statement.predicate.get("mode") == "test":
        examined.failed_at("mode", State.TEST_KEY, "The statement was made in test mode.")
    else:
        examined.passed("mode", "Key and statement are not made for tests.")
