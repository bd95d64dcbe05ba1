from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta, timezone
from uuid import UUID

import pytest
from django.db import connection, transaction

from content.actors import SYSTEM
from content.events import queries
from content.events.chain import FIRST, Link
from content.events.models import Event
from tests.database import triggers_off
from tests.events.facts import ring
from tests.make import NOON

DRAFT = UUID("0192f7a0-0000-7000-8000-000000000001")
OTHER = UUID("0192f7a0-0000-7000-8000-000000000002")


def link(**changes: object) -> Link:
    values: dict[str, object] = {
        "chain": "system",
        "seq": 1,
        "fact": "bell_rung.v1",
        "at": NOON,
        "actor_kind": "system",
        "actor": "reviewdesk",
        "cause": None,
        "payload": {"times": 1},
        "previous_digest": FIRST,
    }
    return Link(**values | changes)  # type: ignore[arg-type]


class TestLink:
    def test_has_a_digest_that_anybody_can_compute(self) -> None:
        # SHA-256 of the RFC 8785 form, as `sha256sum` gives it for these bytes:
        # {"actor":"reviewdesk","actor_kind":"system","at":"2026-11-25T12:00:00.000000+00:00","cause":null,
        #  "chain":"system","fact":"bell_rung.v1","payload":{"times":1},"previous_digest":"00…00","seq":1}
        assert link().digest() == DIGEST_OF_THE_FIRST

    def test_has_one_digest_for_one_moment_in_every_time_zone(self) -> None:
        east = NOON.astimezone(timezone(timedelta(hours=9)))

        assert link(at=east).digest() == link().digest()

    @pytest.mark.parametrize(
        "change",
        [
            {"chain": str(DRAFT)},
            {"seq": 2},
            {"fact": "bell_rung.v2"},
            {"at": NOON + timedelta(microseconds=1)},
            {"actor_kind": "person"},
            {"actor": "1"},
            {"cause": 1},
            {"payload": {"times": 2}},
            {"previous_digest": "1" * 64},
        ],
    )
    def test_covers_every_field(self, change: dict[str, object]) -> None:
        assert link(**change).digest() != link().digest()


DIGEST_OF_THE_FIRST = "faa17b1759ede5d43e7643115035a9663ca55f555984663b50471d9010958930"


@pytest.mark.django_db
class TestChain:
    def test_counts_from_one_for_each_draft(self) -> None:
        for draft_id in (DRAFT, OTHER, DRAFT, None):
            ring(draft_id=draft_id, by=SYSTEM, at=NOON)

        assert [(event.chain, event.seq) for event in Event.objects.order_by("pk")] == [
            (str(DRAFT), 1),
            (str(OTHER), 1),
            (str(DRAFT), 2),
            ("system", 1),
        ]

    def test_names_the_record_before(self) -> None:
        ring(draft_id=DRAFT, by=SYSTEM, at=NOON)
        ring(draft_id=DRAFT, by=SYSTEM, at=NOON)

        first, second = Event.objects.order_by("seq")
        assert (first.previous_digest, second.previous_digest) == (FIRST, first.digest)

    def test_is_whole_as_it_was_written(self) -> None:
        for draft_id in (DRAFT, OTHER, DRAFT, None, None):
            ring(draft_id=draft_id, by=SYSTEM, at=NOON)

        assert queries.broken_links() == []


@contextmanager
def behind_our_back() -> Iterator[None]:
    """Change records as somebody with full rights over the database could."""
    with triggers_off():
        yield


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unguarded")
class TestTampering:
    @pytest.fixture(autouse=True)
    def _three_events(self) -> None:
        for times in (1, 2, 3):
            ring(draft_id=DRAFT, by=SYSTEM, at=NOON, times=times)

    def tamper(self, statement: str) -> list[tuple[int, str]]:
        with behind_our_back(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        return [(broken.seq, broken.reason) for broken in queries.broken_links()]

    @pytest.mark.parametrize(
        "change",
        [
            "fact = 'bell_stolen.v1'",
            "actor = 'somebody'",
            "actor_kind = 'person'",
            "cause = 1",
            f'payload = \'{{"draft_id": "{DRAFT}", "times": 9}}\'',
            "at = '2020-01-01 00:00:00+00:00'",
        ],
    )
    def test_with_a_field_is_found(self, change: str) -> None:
        broken = self.tamper(f"UPDATE reviewdesk_event SET {change} WHERE seq = 2")

        assert broken == [(2, "it was changed after it was written")]

    @pytest.mark.parametrize("column", ["draft_id", "case_id"])
    def test_by_moving_a_record_to_another_draft_or_case_is_found(self, column: str) -> None:
        other = OTHER.hex if connection.vendor == "sqlite" else str(OTHER)

        broken = self.tamper(f"UPDATE reviewdesk_event SET {column} = '{other}' WHERE seq = 2")

        assert broken == [(2, "it stands under another draft or case than it tells of")]

    def test_by_taking_a_record_out_is_found(self) -> None:
        broken = self.tamper("DELETE FROM reviewdesk_event WHERE seq = 2")

        assert broken == [(3, "a record is missing before this one")]

    def test_by_taking_a_record_out_and_closing_the_gap_is_found(self) -> None:
        with behind_our_back(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM reviewdesk_event WHERE seq = 2")
        broken = self.tamper("UPDATE reviewdesk_event SET seq = 2 WHERE seq = 3")

        assert broken == [(2, "it does not follow the record before it")]

    def test_by_taking_the_first_record_out_is_found(self) -> None:
        broken = self.tamper("DELETE FROM reviewdesk_event WHERE seq = 1")

        assert broken == [(2, "a record is missing before this one")]

    def test_with_a_record_and_its_own_digest_is_found_at_the_next(self) -> None:
        second = Event.objects.get(seq=2)
        forged = Link(
            chain=second.chain,
            seq=2,
            fact=second.fact,
            at=second.at,
            actor_kind="system",
            actor="somebody",
            cause=None,
            payload=second.payload,
            previous_digest=second.previous_digest,
        ).digest()

        broken = self.tamper(f"UPDATE reviewdesk_event SET actor = 'somebody', digest = '{forged}' WHERE seq = 2")

        assert broken == [(3, "it does not follow the record before it")]

    def test_of_one_chain_is_not_seen_in_another(self) -> None:
        ring(draft_id=OTHER, by=SYSTEM, at=NOON)
        self.tamper("UPDATE reviewdesk_event SET actor = 'somebody' WHERE seq = 2")

        assert queries.broken_links(chain=str(OTHER)) == []
        assert len(queries.broken_links(chain=str(DRAFT))) == 1
