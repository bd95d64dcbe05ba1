"""What people may do (permissions, gathered into roles) and what a Source's token may do (scopes).

No scope signs, approves, overrides, resolves, revokes or retracts: those are acts of people.
"""

from enum import StrEnum
from types import MappingProxyType


class Permission(StrEnum):
    """One thing a person may be allowed to do."""

    VIEW = "view"
    CLAIM = "claim"
    EDIT = "edit"
    COMMENT = "comment"
    CHECK_CLAIMS = "check_claims"
    DISMISS_FINDINGS = "dismiss_findings"
    SIGN = "sign"
    APPROVE = "approve"
    SEND_BACK = "send_back"
    REJECT = "reject"
    ASSIGN = "assign"
    PUBLISH = "publish"
    RETRACT = "retract"
    VIEW_INSIGHTS = "view_insights"
    MANAGE_POLICIES = "manage_policies"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_SOURCES = "manage_sources"
    VIEW_AUDIT = "view_audit"
    EXPORT_CORPUS = "export_corpus"


class Role(StrEnum):
    """A named set of permissions, granted to a person for all or some drafts."""

    EDITOR = "editor"
    APPROVER = "approver"
    COMMENTER = "commenter"
    PUBLISHER = "publisher"
    MANAGER = "manager"
    AUDITOR = "auditor"
    DATA_STEWARD = "data_steward"


P = Permission
PERMISSIONS_OF = MappingProxyType(
    {
        Role.EDITOR: frozenset(
            {P.VIEW, P.CLAIM, P.EDIT, P.COMMENT, P.CHECK_CLAIMS, P.DISMISS_FINDINGS, P.SIGN},
        ),
        Role.APPROVER: frozenset({P.VIEW, P.COMMENT, P.CHECK_CLAIMS, P.APPROVE, P.SEND_BACK, P.REJECT}),
        Role.COMMENTER: frozenset({P.VIEW, P.COMMENT}),
        Role.PUBLISHER: frozenset({P.VIEW, P.PUBLISH}),
        Role.MANAGER: frozenset(
            {
                P.VIEW,
                P.COMMENT,
                P.ASSIGN,
                P.REJECT,
                P.PUBLISH,
                P.RETRACT,
                P.VIEW_INSIGHTS,
                P.MANAGE_POLICIES,
                P.MANAGE_PEOPLE,
                P.MANAGE_SOURCES,
                P.VIEW_AUDIT,
            },
        ),
        Role.AUDITOR: frozenset({P.VIEW, P.VIEW_AUDIT, P.VIEW_INSIGHTS}),
        Role.DATA_STEWARD: frozenset({P.EXPORT_CORPUS, P.VIEW_INSIGHTS}),
    },
)


class Scope(StrEnum):
    """One thing a Source's token may be allowed to do through the API."""

    DRAFTS_WRITE = "drafts:write"
    DRAFTS_READ = "drafts:read"
    COMMENTS_WRITE = "comments:write"
    PUBLICATIONS_READ = "publications:read"
    PUBLICATIONS_WRITE = "publications:write"
    EVENTS_READ = "events:read"
    WEBHOOKS_MANAGE = "webhooks:manage"
    POLICIES_READ = "policies:read"
    METRICS_READ = "metrics:read"
    CORPUS_READ = "corpus:read"
