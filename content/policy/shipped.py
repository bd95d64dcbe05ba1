"""The policies that come with the product, one for each kind of text, as data (review.md, section 10).

Analysis and news carry judgment and names, so more of them must be a person's; news ages in days. Documentation and
marketing are also edited elsewhere, so words that arrive without a record of typing are allowed, and count half.
"""

from collections.abc import Mapping
from types import MappingProxyType

Body = dict[str, object]


_BASE: tuple[Body, ...] = (
    {"rule": "coverage.v1", "minimum": 1.0},
    {"rule": "all_claims_checked.v1"},
    {"rule": "attested_fields_complete.v1"},
    {"rule": "pasted_text_has_source.v1"},
    {"rule": "no_tamper_signals.v1"},
    {"rule": "hidden_characters_resolved.v1"},
    {"rule": "enforced_checks_clean.v1"},
    {"rule": "no_open_threads.v1"},
    {"rule": "generation_depth_limit.v1", "limit": 2},
    {"rule": "not_a_duplicate_of_published.v1", "limit": 0.60},
    {"rule": "minimum_reading_time.v1", "ask": 0.25, "block": 0},
    {"rule": "responsible_person_set.v1"},
    {"rule": "declaration_complete.v1"},
    {"rule": "no_objection.v1"},
    {"rule": "required_approvals.v1", "count": 1},
)


def _claim(*, human: float, novel: float, run: int, asserted: float) -> list[Body]:
    return [
        {"rule": "minimum_human_share.v1", "minimum": human},
        {"rule": "minimum_novel_share.v1", "minimum": novel},
        {"rule": "maximum_ai_run.v1", "maximum": run},
        {"rule": "substantive_change.v1", "minimum": 1},
        {"rule": "maximum_asserted_share.v1", "maximum": asserted},
    ]


def _body(
    *,
    human: float,
    novel: float,
    run: int,
    asserted: float,
    days: int,
    due: str,
    publish: str,
    public_interest: str,
    carry_cosmetic: bool = True,
) -> Body:
    return {
        "rules": [*_BASE, {"rule": "signoff_not_older_than.v1", "days": days}],
        "claims": {
            "substantially_edited": _claim(human=human, novel=novel, run=run, asserted=asserted),
            "human_rewritten": _claim(human=0.75, novel=0.30, run=25, asserted=asserted),
        },
        "four_eyes": "strict",
        "publish": publish,
        "carry_cosmetic": carry_cosmetic,
        "exempt_from": "substantially_edited",
        "public_interest": public_interest,
        "due": due,
        "attested_fields": ["title"],
    }


_ANALYSIS = _body(
    human=0.20,
    novel=0.08,
    run=150,
    asserted=0.50,
    days=14,
    due="5d",
    publish="on_request",
    public_interest="always",
)

SHIPPED: Mapping[str, Body] = MappingProxyType(
    {
        "documentation": _body(
            human=0.15,
            novel=0.05,
            run=200,
            asserted=1.0,
            days=30,
            due="5d",
            publish="when_ready",
            public_interest="asked",
        ),
        "analysis": _ANALYSIS,
        "marketing": _body(
            human=0.15,
            novel=0.05,
            run=200,
            asserted=1.0,
            days=14,
            due="3d",
            publish="when_ready",
            public_interest="asked",
        ),
        "news": _body(
            human=0.20,
            novel=0.08,
            run=150,
            asserted=0.25,
            days=3,
            due="4h",
            publish="on_request",
            public_interest="always",
            carry_cosmetic=False,
        ),
        "other": _ANALYSIS,
    }
)
