"""Every stored value that a page may show has a word, and no template shows a code instead."""

from enum import StrEnum
from typing import Any

import pytest

import content.insights.metrics  # the metrics register themselves
import content.pipeline  # noqa: F401  # the facts of all parts register themselves
from content.authorship.kinds import AuthorshipKind
from content.conf import KINDS
from content.desk import telling, words
from content.drafts.states import Origin, Placement, Priority
from content.events.facts import FACTS
from content.events.flow import Queue
from content.events.models import JobState
from content.insights.board import AGES, QUEUE_AGE
from content.insights.metric import METRICS
from content.permissions import Permission, Role, Scope
from content.policy.gate import Disclosure
from content.policy.rules import RULES
from content.policy.verdict import Outcome, WayOut
from content.proof.claims import ClaimLevel
from content.publishing.states import DeliveryOutcome, PublicationState, RetractionReason
from content.review.actions import closing, second
from content.review.declaration import COMPETENCE, USED_FOR, Declaration
from content.review.queue import VIEWS
from content.review.states import CaseState, PasteOrigin, SignOffKind, VoidCause


class TestEveryWord:
    @pytest.mark.parametrize(
        ("table", "values"),
        [
            (words.STATES, CaseState),
            (words.STATE_SENTENCES, CaseState),
            (words.OUTCOMES, Outcome),
            (words.WAYS_OUT, WayOut),
            (words.TEXT_KINDS, KINDS),
            (words.KINDS, AuthorshipKind),
            (words.RULES, RULES),
            (words.LEVELS, ClaimLevel),
            (words.DISCLOSURES, Disclosure),
            (words.DISCLOSURE_NAMES, Disclosure),
            (words.ROLES, Role),
            (words.PERMISSIONS, Permission),
            (words.SCOPES, Scope),
            (words.VIEWS, VIEWS),
            (words.EMPTY_VIEWS, VIEWS),
            (words.PRIORITIES, Priority),
            (words.SEND_BACK_REASONS, second.REASON_CODES),
            (words.REJECT_REASONS, closing.REASON_CODES),
            (words.RETRACT_REASONS, RetractionReason),
            (words.COMPETENCE, COMPETENCE),
            (words.USED_FOR, USED_FOR),
            (words.PASTE_ORIGINS, PasteOrigin),
            (words.ORIGINS, Origin),
            (words.PLACEMENTS, Placement),
            (words.VOIDS, VoidCause),
            (words.SIGN_OFFS, SignOffKind),
            (words.JOB_QUEUES, Queue),
            (words.JOB_STATES, JobState),
            (words.DELIVERIES, DeliveryOutcome),
            (words.PUBLICATIONS, PublicationState),
            (words.METRICS, [*METRICS, QUEUE_AGE]),
            (words.AGES, [name for name, _ in AGES]),
        ],
    )
    def test_is_there(self, table: dict[str, Any], values: Any) -> None:
        missing = {str(value.value if isinstance(value, StrEnum) else value) for value in values} - set(table)

        assert missing == set()

    def test_of_a_missing_answer_is_there(self) -> None:
        missing = set(Declaration().missing(asks_public_interest=True)) - set(words.ANSWERS)

        assert missing == set()


class TestTheHistory:
    def test_has_a_sentence_for_every_fact(self) -> None:
        told = set(telling.PLAIN) | set(telling.SENTENCES) | {"case_handed_over.v1", "case_assigned.v1"}

        assert set(FACTS) - told == set()
