"""Two workers sequence the log at once: real threads, real transactions."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connections

from content.actors import SYSTEM
from content.attestation.actions.keys import register_keys
from content.attestation.actions.sequencing import prepare_checkpoint, sequence_log
from content.attestation.models import Checkpoint, LogEntry, PendingEntry
from content.attestation.queries import log
from tests.make import NOON

LATER = NOON + timedelta(hours=1)
ENTRIES = 400


def keep_sequencing(failures: list[BaseException]) -> None:
    """Sequence until nothing waits any more, as Jobs do one after the other."""
    try:
        while PendingEntry.objects.exists() or log.newest_checkpoint() is None:
            prepared = prepare_checkpoint(at=LATER)
            sequence_log(prepared=prepared, by=SYSTEM, at=LATER)
    except (OperationalError, AssertionError, RuntimeError, ValueError) as error:
        failures.append(error)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unguarded")
class TestTwoSequencers:
    def test_give_no_place_twice_and_sign_one_tree(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("content.attestation.actions.sequencing.AT_ONCE", 7)
        register_keys(by=SYSTEM, at=NOON)
        PendingEntry.objects.bulk_create(
            PendingEntry(kind="revoke", payload_sha256=f"{number:064x}", keyid="a" * 64) for number in range(ENTRIES)
        )
        failures: list[BaseException] = []
        workers = [threading.Thread(target=keep_sequencing, args=[failures]) for _ in range(2)]

        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(timeout=60)
        sequence_log(prepared=prepare_checkpoint(at=LATER), by=SYSTEM, at=LATER)

        assert failures == []
        assert LogEntry.objects.count() == ENTRIES + 1
        assert Checkpoint.objects.latest("size").size == ENTRIES + 1
        assert log.problems() == ()
