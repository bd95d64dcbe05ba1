"""A result as lines of text for a terminal; whatever came from outside is escaped before it gets there."""

from collections.abc import Iterator, Sequence
from typing import Final, cast

from content.proof.checking.states import Result

_NAME_WIDTH: Final = 12


def escaped(text: str) -> str:
    r"""Return the text with every character that does not print as a visible escape: `\x1b`, `\u202e`.

    Control characters steer terminals, and bidirectional ones turn what is read around.
    """
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape", "surrogatepass").decode("ascii")
        for letter in text
    )


def lines_of(result: Result) -> Iterator[str]:
    """Yield the lines of a report, the first being one plain sentence."""
    yield escaped(result.sentence)
    yield ""
    for check in result.checks:
        yield escaped(f"  {check.result.value:<8}{check.name:<{_NAME_WIDTH}} {check.detail}")
    facts = list(_facts(result))
    if facts:
        yield ""
        yield from (escaped(f"  {name}: {value}") for name, value in facts)


def _facts(result: Result) -> Iterator[tuple[str, str]]:
    facts = result.facts
    for block in facts.changed_blocks:
        yield f"block {block.block} {block.change}", f"{block.kind}, characters {block.start} to {block.end}"
    if facts.attestation is None:
        return
    yield "issuer", f"{facts.text('issuer', 'name')} <{facts.text('issuer', 'id')}>"
    yield "claim", facts.text("claim")
    yield "answers for it", f"{facts.text('responsible', 'name')} <{facts.text('responsible', 'contact')}>"
    yield "signed at", f"{facts.text('issued_at')} (by the issuer's own clock)"
    yield "statement", facts.attestation
    yield "content", facts.text("content_digest")
    if facts.log is not None:
        yield "log", f"{facts.log.origin}, entry {facts.log.index} of {facts.log.size}"
    yield "does not prove", ", ".join(cast("Sequence[str]", facts.predicate["limits"]))
