"""Nobody signs what they had no time to read, or they say how."""

from content.policy.evidence import Evidence
from content.policy.rule import rule
from content.policy.verdict import Refusal, Stage, WayOut

SECONDS_A_MINUTE = 60


@rule("minimum_reading_time.v1", stage=Stage.SIGN, measures="active_seconds")
def minimum_reading_time(evidence: Evidence, *, ask: float, block: float) -> Refusal | None:
    """Require that the signer had `ask` seconds a word with the text, or says in a sentence how they read it.

    :param block: seconds a word under which no sentence helps; 0 never blocks.
    """
    had = evidence.active_seconds
    params = {"seconds": had, "asked": round(ask * evidence.words), "minimum": round(block * evidence.words)}
    if had < block * evidence.words:
        return _refusal("reading_time_short", had, block * evidence.words, params, asked=False)
    if had < ask * evidence.words and not evidence.reading_note:
        return _refusal("reading_time_asked", had, ask * evidence.words, params, asked=True)
    return None


def _refusal(code: str, had: float, needed: float, params: dict[str, int], *, asked: bool) -> Refusal:
    minutes = -(-needed // SECONDS_A_MINUTE)
    return Refusal(
        code=code,
        reason=f"You have had {had // SECONDS_A_MINUTE:.0f} of {minutes:.0f} minutes with this text.",
        params=params,
        way_out=WayOut.EDITOR,
        asked=asked,
    )
