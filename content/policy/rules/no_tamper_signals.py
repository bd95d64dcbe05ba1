"""Nothing in the text or in how it arrived is left unexplained."""

from content.policy.evidence import Evidence, known
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage

SAYS = {
    "mixed_script_words": "{count} word(s) mix letters of two scripts that look alike: write them anew.",
    "hidden_text": "The text holds words that readers cannot see: remove them.",
    "burst": "{count} word(s) arrived faster than anybody types: say where they come from.",
}


@rule("no_tamper_signals.v1", stage=Stage.SIGN)
def no_tamper_signals(evidence: Evidence) -> Refusal | None:
    """Require that no signal is open: look-alike letters, hidden text, words faster than anybody types."""
    signals = known(evidence.tamper_signals)
    if not signals:
        return None
    name, count = signals[0]
    return Refusal(
        code="tamper_signal",
        reason=SAYS.get(name, "Something in this text needs a closer look: {name}.").format(name=name, count=count),
        params={"signal": name, "count": count, "signals": len(signals)},
    )
