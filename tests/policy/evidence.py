"""Evidence that every shipped rule approves at every stage; tests change one fact at a time."""

from dataclasses import replace

from content.policy.evidence import Evidence

SOUND = Evidence(
    digest="sha256:" + "0" * 64,
    words=1000,
    effective_human_share=0.9,
    novel_share=0.5,
    human_share=0.9,
    longest_ai_run=10,
    substantive_hunks=20,
    asserted_words=0,
    human_words=900,
    coverage=1.0,
    uncovered_sentences=0,
    pasted_without_source=0,
    tamper_signals=(),
    generation_depth=1,
    depth_basis="declared",
    duplicate_share=0.0,
    active_seconds=3600,
    declaration_missing=(),
    public_interest=True,
    responsible_valid=True,
    approvals=1,
    sign_off_age_days=0.0,
)


def but(**changes: object) -> Evidence:
    """Return sound evidence with some facts changed."""
    return replace(SOUND, **changes)  # type: ignore[arg-type]
