"""The log: places are given once, checkpoints cover them, and nothing contradicts what was signed before."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from content.actors import SYSTEM
from content.attestation.actions import sequencing
from content.attestation.actions.sequencing import LogRefuses, append_entries, prepare_checkpoint, sequence_log
from content.attestation.models import Checkpoint, Log, LogEntry, LogTile, PendingEntry
from content.attestation.queries import log
from content.attestation.queries.keys import key_set
from content.conf import conf
from content.events.models import Event
from content.proof.entry import EntryKind
from content.proof.keyset import read_keyset
from content.proof.merkle import check_inclusion, leaf_hash
from content.proof.note import open_checkpoint, parse_proof
from content.proof.tiles import TILE_WIDTH, LeafTiles, tree_root
from tests.database import triggers_off
from tests.make import NOON
from tests.publishing.maker import PublishingMaker

LATER = NOON + timedelta(hours=1)


def sequenced(*, at: datetime = LATER) -> None:
    """Run the sequencer once, as its Job does."""
    prepared = prepare_checkpoint(at=at)
    sequence_log(prepared=prepared, by=SYSTEM, at=at)


def wait(count: int, *, start: int = 0) -> None:
    """Put entries in line, as statements do."""
    PendingEntry.objects.bulk_create(
        PendingEntry(kind="revoke", payload_sha256=f"{number:064x}", keyid="a" * 64)
        for number in range(start, start + count)
    )


@pytest.fixture
def keys(make: PublishingMaker) -> None:
    make.keys()


@pytest.mark.usefixtures("keys", "unguarded")
class TestTheSequencer:
    def test_covers_what_waits_by_a_checkpoint_that_the_log_key_signed(self) -> None:
        wait(3)

        sequenced()

        listed = [entry.key for entry in read_keyset(key_set()).logs]
        head, _ = open_checkpoint(log.checkpoint(), listed)
        assert (head.origin, head.size) == (conf.origin, 4)
        assert not PendingEntry.objects.exists()

    def test_signs_nothing_where_nothing_is_new(self) -> None:
        sequenced()

        assert prepare_checkpoint(at=LATER) is None
        assert Checkpoint.objects.count() == 1

    @pytest.mark.parametrize("sizes", [(255,), (300, 1), (1000, 600)])
    def test_keeps_full_tiles_and_proves_every_entry(self, sizes: tuple[int, ...]) -> None:
        start = 0
        for size in sizes:
            wait(size, start=start)
            start += size
            sequenced()

        leaves = [
            leaf_hash(entry.encode()) for entry in LogEntry.objects.order_by("index").values_list("entry", flat=True)
        ]
        head = Checkpoint.objects.order_by("-size")[0]
        assert LogTile.objects.filter(level=0).count() == len(leaves) // TILE_WIDTH
        assert head.root == tree_root(size=len(leaves), read=LeafTiles(leaves)).hex()
        for index in (0, 1, len(leaves) // 2, len(leaves) - 1):
            proof = parse_proof(log.proof_of(index=index) or "")
            covering = Checkpoint.objects.get(note=proof.checkpoint)
            root = bytes.fromhex(covering.root)
            check_inclusion(leaf=leaves[index], index=index, size=covering.size, path=proof.path, root=root)

    def test_goes_on_after_a_crash_between_signing_and_storing(self) -> None:
        wait(2)
        first = prepare_checkpoint(at=LATER)

        again = prepare_checkpoint(at=LATER)
        sequence_log(prepared=again, by=SYSTEM, at=LATER)

        assert first == again
        assert Checkpoint.objects.get().size == 3

    def test_stores_no_smaller_checkpoint_after_a_larger_one(self) -> None:
        wait(2)
        slow = prepare_checkpoint(at=LATER)
        wait(2, start=2)
        sequenced()

        sequence_log(prepared=slow, by=SYSTEM, at=LATER)

        assert list(Checkpoint.objects.values_list("size", flat=True)) == [5]

    def test_gives_places_to_at_most_so_many_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sequencing, "AT_ONCE", 4)
        wait(10)

        assert append_entries(by=SYSTEM, at=LATER) == 4
        assert log.log_size() == 5


@pytest.mark.usefixtures("keys", "unguarded")
class TestTheGuard:
    def refuses(self, reason: str) -> None:
        wait(1, start=900)

        with pytest.raises(LogRefuses) as refused:
            prepare_checkpoint(at=LATER)

        assert refused.value.params["reason"] == reason
        assert log.log_state().refused == reason
        assert Event.objects.filter(fact="log_refused.v1").count() == 1

    def test_refuses_a_database_that_was_rolled_back(self) -> None:
        sequenced()
        with triggers_off():
            LogEntry.objects.all()._raw_delete(using="default")
            Checkpoint.objects.all()._raw_delete(using="default")
            Log.objects.update(size=0)
        wait(1, start=500)

        self.refuses("log_inconsistent")

    def test_refuses_an_entry_that_was_edited(self) -> None:
        wait(5)
        sequenced()
        with triggers_off(), connection.cursor() as cursor:
            cursor.execute('UPDATE reviewdesk_logentry SET leaf_hash = %s WHERE "index" = 2', ["0" * 64])

        self.refuses("log_inconsistent")
        assert "Entry 2 of the log was changed." in log.problems()

    def test_refuses_when_the_guard_is_gone(self) -> None:
        sequenced()
        Path(conf.log_guard).unlink()

        self.refuses("guard_missing")

    def test_refuses_when_the_guard_holds_something_else(self) -> None:
        sequenced()
        Path(conf.log_guard).write_text("nothing")

        self.refuses("guard_unreadable")

    def test_says_so_once_and_no_more_when_all_is_well_again(self) -> None:
        sequenced()
        guard = Path(conf.log_guard)
        kept = guard.read_text()
        guard.unlink()
        self.refuses("guard_missing")
        with pytest.raises(LogRefuses):
            prepare_checkpoint(at=LATER)
        guard.write_text(kept)

        sequenced()

        assert Event.objects.filter(fact="log_refused.v1").count() == 1
        assert log.log_state().refused == ""


class TestTiles:
    def test_of_sizes_without_a_checkpoint_are_not_served(self, make: PublishingMaker) -> None:
        make.out()
        size = log.log_size()

        assert len(log.tile(level=0, number=0, width=size)) == 32 * size
        with pytest.raises(log.LogPartMissing):
            log.tile(level=0, number=0, width=size + 1)

    def test_of_entries_hold_each_with_its_length(self, make: PublishingMaker) -> None:
        make.out()

        body = log.entries_tile(number=0, width=2)

        length = int.from_bytes(body[:2], "big")
        assert leaf_hash(body[2 : 2 + length]) == log.tile(level=0, number=0, width=2)[:32]

    def test_make_a_sound_log(self, make: PublishingMaker) -> None:
        make.out()

        assert log.problems() == ()
        assert log.entry_of(kind=EntryKind.KEYS, payload_sha256="0" * 64) is None
