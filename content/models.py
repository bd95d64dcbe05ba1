"""The index of all tables. Django looks here; nobody else imports it."""

from content.attestation.models import (
    Attestation,
    AttestedFile,
    Checkpoint,
    EvidenceLeaf,
    KeySet,
    Log,
    LogEntry,
    LogTile,
    PendingEntry,
    PersonSalt,
    SigningKey,
    StatusStatement,
)
from content.authorship.models import Attribution, AttributorState
from content.drafts.models import (
    Draft,
    Grant,
    IdempotencyKey,
    ReceivedBody,
    Rendering,
    Revision,
    Source,
    SourceToken,
    WorkingCopy,
)
from content.events.models import Event, Job, JobFailure
from content.insights.models import CaseFigures, MetricPoint, RollupCursor
from content.language.models import LanguageReport
from content.lineage.models import Ancestry, Boilerplate, Fingerprint, IndexedText
from content.policy.models import Policy
from content.publishing.models import (
    Delivery,
    DeliveryAttempt,
    Publication,
    PublicationRequest,
    PublishedVersion,
    WebhookEndpoint,
)
from content.review.models import (
    Case,
    ClaimCheck,
    Comment,
    FindingDismissal,
    GateResult,
    Lease,
    Objection,
    ObjectionLift,
    PasteDeclaration,
    ResponsibleParty,
    SignOff,
    SignOffCarry,
    SignOffVoid,
)

__all__ = [
    "Ancestry", "Attestation", "AttestedFile", "Attribution", "AttributorState", "Boilerplate", "Case",
    "CaseFigures", "Checkpoint", "ClaimCheck", "Comment", "Delivery", "DeliveryAttempt", "Draft", "Event",
    "EvidenceLeaf", "FindingDismissal", "Fingerprint", "GateResult", "Grant", "IdempotencyKey", "IndexedText",
    "Job", "JobFailure", "KeySet", "LanguageReport", "Lease", "Log", "LogEntry", "LogTile", "MetricPoint",
    "Objection", "ObjectionLift", "PasteDeclaration", "PendingEntry", "PersonSalt", "Policy", "Publication",
    "PublicationRequest", "PublishedVersion", "ReceivedBody", "Rendering", "ResponsibleParty", "Revision",
    "RollupCursor", "SignOff", "SignOffCarry", "SignOffVoid", "SigningKey", "Source", "SourceToken",
    "StatusStatement", "WebhookEndpoint", "WorkingCopy",
]  # fmt: skip
