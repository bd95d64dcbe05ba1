"""One function that verifies: bundle, keys, and whatever else there is to compare, in; an answer out.

No network, no clock, no Django, no global state. What it loads is this package, `content.errors`,
securesystemslib, cryptography and the standard library. The checks run in the order of `State`; the first
that fails gives the state, and every check that can run is reported.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, cast

from content.proof.bundle import Bundle
from content.proof.checking.compare import Comparison, compare
from content.proof.checking.examine import Examined, examine
from content.proof.checking.states import Check, Facts, Outcome, Result, State
from content.proof.checking.trust import Trust
from content.proof.checking.withdrawals import find_withdrawals
from content.proof.digest import sha256_hex
from content.proof.entry import EntryKind
from content.proof.keyset import KeySet
from content.proof.predicate.reader import BadStatement, Statement, read_statement
from content.proof.strict import Json, Unreadable, Unsupported

__all__ = ["Check", "Facts", "Outcome", "Result", "State", "Trust", "verify"]

MANIFEST: Final = "SHA256SUMS"
# Fewer blocks in common than this say nothing: any two texts of one house share some.
SIMILAR_AT_LEAST: Final = 0.5
_NO_FILES: Final[Mapping[str, bytes]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Given:
    """What the user gave to compare with the statement."""

    content: bytes | None
    files: Mapping[str, bytes]
    status: Sequence[bytes] | None
    soft: bool


def verify(
    bundle: bytes | Bundle,
    keys: KeySet | Trust | None,
    *,
    content: bytes | None = None,
    files: Mapping[str, bytes] = _NO_FILES,
    status: Sequence[bytes] | None = None,
    checkpoint: str | None = None,
    soft: bool = False,
    accept_superseded: bool = False,
) -> Result:
    """Verify an attestation; never raises for what strangers can put into its arguments.

    :param bundle: the file `attestation.json`, or a bundle already read.
    :param keys: the key set that the verifier pinned; a `Trust` saves work over many calls; None: nothing
        is decided.
    :param content: a text to compare with the `content.*` subjects, byte for byte.
    :param files: further files by their name in the statement, such as `meta.json` or `SHA256SUMS`.
    :param status: status bundles, one each; None: withdrawals are not looked at.
    :param checkpoint: a checkpoint of the log that was seen earlier, a readable note.
    :param soft: call a text `similar`, and not `content_changed`, if at least half of the blocks are found
        in it.
    :param accept_superseded: exit 0 also if a newer version exists.
    """
    given = _Given(content=content, files=files, status=status, soft=soft)
    result = _verify(bundle, keys, given, checkpoint)
    return replace(result, accept_superseded=accept_superseded)


def _verify(source: bytes | Bundle, keys: KeySet | Trust | None, given: _Given, checkpoint: str | None) -> Result:
    try:
        bundle = source if isinstance(source, Bundle) else Bundle.from_bytes(source)
    except (Unreadable, Unsupported) as error:
        state = State(error.code)
        failed = Check(name="bundle", result=Outcome.FAIL, detail=error.detail, state=state)
        return Result(state=state, checks=(failed,), facts=Facts())
    read = Check(name="bundle", result=Outcome.PASS, detail="The bundle can be read.")
    if keys is None:
        failed = Check(name="keys", result=Outcome.FAIL, detail="No key set was given.", state=State.NO_KEYS)
        return Result(state=State.NO_KEYS, checks=(read, failed), facts=Facts())
    trust = keys if isinstance(keys, Trust) else Trust(keys)

    def read_ours(payload: bytes) -> Statement:
        return _read_of_issuer(payload, trust.keys.issuer.id)

    examined = examine(bundle, trust, read=read_ours, kind_of=_attest, seen=checkpoint)
    facts = _facts(examined)
    facts = _check_withdrawal(examined, facts, given.status)
    facts = _check_content(examined, facts, given)
    _check_files(examined, given.files)
    _check_replacement(examined, facts)
    state = examined.failed or (State.VERIFIED if _is_compared(given) else State.STATEMENT_VERIFIED)
    return Result(state=state, checks=(read, *examined.checks), facts=facts)


def _attest(_: Statement | None) -> EntryKind:
    return EntryKind.ATTEST


def _read_of_issuer(payload: bytes, issuer: str) -> Statement:
    """Read the statement and hold that it speaks for the issuer whose keys signed it."""
    statement = read_statement(payload)
    named = cast("Mapping[str, Json]", statement.predicate["issuer"])["id"]
    if named != issuer:
        raise BadStatement("The statement names another issuer than the key set.")
    return statement


def _facts(examined: Examined) -> Facts:
    """Return what may be told: nothing from inside the envelope unless its signature was right."""
    place = examined.place if examined.signed_tree is not None else None
    if examined.statement is None:
        return Facts(log=place)
    return Facts(
        attestation=examined.bundle.envelope.payload_digest,
        keyid=examined.bundle.envelope.keyid,
        predicate=examined.statement.predicate,
        subject=examined.statement.subject,
        log=place,
    )


def _check_withdrawal(examined: Examined, facts: Facts, status: Sequence[bytes] | None) -> Facts:
    if status is None:
        examined.skipped("withdrawal", "No status data were given.")
        return facts
    digest = examined.bundle.envelope.payload_digest
    found = find_withdrawals(status, examined.trust, attestation=digest)
    if found.revoked is not None:
        detail = f"Revoked at {found.revoked.at}: {found.revoked.reason}."
        examined.failed_at("withdrawal", State.REVOKED, detail)
    else:
        examined.passed("withdrawal", "The status data given do not withdraw it.")
    examined.checks.extend(found.ignored)
    return replace(facts, withdrawal=found.revoked or found.superseded, status_as_of=found.as_of)


def _check_content(examined: Examined, facts: Facts, given: _Given) -> Facts:
    content = given.content
    if content is None:
        examined.skipped("content", "No text was given.")
        return facts
    if examined.statement is None:
        examined.not_reached("content")
        return facts
    digest = sha256_hex(content)
    match = next((name for name in _content_names(facts.subject) if facts.subject[name] == digest), None)
    if match is not None:
        examined.passed("content", f"The text is {match}, byte for byte.")
        return facts
    compared = compare(_blocks(facts), content)
    examined.failed_at("content", _state_of(compared, soft=given.soft and _fit(given, facts)), _difference(compared))
    return replace(facts, changed_blocks=compared.changed, blocks_found=(compared.found, compared.of))


def _state_of(compared: Comparison, *, soft: bool) -> State:
    is_similar = compared.of > 0 and compared.found >= compared.of * SIMILAR_AT_LEAST
    return State.SIMILAR if soft and is_similar else State.CONTENT_CHANGED


def _fit(given: _Given, facts: Facts) -> bool:
    """Tell whether all other files are the signed ones; a text beside foreign files is not even similar."""
    return all(_is_signed(name, body, facts) for name, body in given.files.items())


def _difference(compared: Comparison) -> str:
    if not compared.changed:
        return "It differs only in what block fingerprints do not show: punctuation, letter case, space between blocks."
    return f"{compared.found} of {compared.of} blocks were found; blocks that differ: {len(compared.changed)}."


def _check_files(examined: Examined, files: Mapping[str, bytes]) -> None:
    if not files:
        return
    if examined.statement is None:
        examined.not_reached("files")
        return
    facts = _facts(examined)
    wrong = sorted(name for name, body in files.items() if not _is_signed(name, body, facts))
    if wrong:
        examined.failed_at("files", State.CONTENT_CHANGED, f"Not what was signed: {', '.join(wrong)[:200]}.")
    else:
        examined.passed("files", "All files given are the signed ones, byte for byte.")


def _is_signed(name: str, body: bytes, facts: Facts) -> bool:
    if name == MANIFEST:
        return f"sha256:{sha256_hex(body)}" == facts.text("content_digest")
    return facts.subject.get(name) == sha256_hex(body)


def _check_replacement(examined: Examined, facts: Facts) -> None:
    if facts.status_as_of is None:
        return
    withdrawal = facts.withdrawal
    if withdrawal is not None and withdrawal.replaced_by is not None:
        examined.failed_at("replacement", State.SUPERSEDED, f"Replaced at {withdrawal.at}.")
    else:
        examined.passed("replacement", "The status data given name no newer version.")


def _is_compared(given: _Given) -> bool:
    return given.content is not None or any(name.startswith("content.") for name in given.files)


def _content_names(subject: Mapping[str, str]) -> list[str]:
    return [name for name in subject if name.startswith("content.")]


def _blocks(facts: Facts) -> Sequence[Mapping[str, Json]]:
    authorship = cast("Mapping[str, Json]", facts.predicate["authorship"])
    return cast("Sequence[Mapping[str, Json]]", authorship["blocks"])
