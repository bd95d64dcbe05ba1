from content.admin import (
    attestation,
    authorship,
    drafts,
    events,
    insights,
    language,
    lineage,
    policy,
    publishing,
    review,
)

__all__ = [
    "attestation",
    "authorship",
    "drafts",
    "events",
    "insights",
    "language",
    "lineage",
    "policy",
    "publishing",
    "review",
]
