"""Keys: opened from files that only their owner reads, registered once, replaced without a gap."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from content.actors import SYSTEM
from content.attestation.actions.keys import OneKeyForTwo, register_keys, rotate_keys
from content.attestation.keystore import open_signer
from content.attestation.models import KeySet, LogEntry, SigningKey
from content.attestation.queries import log
from content.attestation.queries.bundles import bundle_of, files_of
from content.attestation.queries.keys import KeyNotRegistered, key_set
from content.attestation.signer import KeyUnusable
from content.attestation.signers.file2 import KeyExists, create_key
from content.proof.keyset import read_keyset
from content.proof.verify import verify
from tests.make import NOON
from tests.publishing.maker import LOG, RENDER, SIGN, UNDO, PublishingMaker


@pytest.fixture
def key(tmp_path: Path) -> Path:
    create_key(tmp_path / "key.pem")
    return tmp_path / "key.pem"


class TestKeyFiles:
    def test_are_made_for_their_owner_alone(self, key: Path) -> None:
        assert key.stat().st_mode & 0o777 == 0o600
        assert open_signer(f"file2:{key}").public_key.scheme == "ed25519"

    def test_are_never_overwritten(self, key: Path) -> None:
        before = key.read_bytes()

        with pytest.raises(KeyExists):
            create_key(key)

        assert key.read_bytes() == before

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
    def test_that_others_may_read_are_refused(self, key: Path, mode: int) -> None:
        key.chmod(mode)

        with pytest.raises(KeyUnusable, match="chmod 600"):
            open_signer(f"file2:{key}")

    @pytest.mark.parametrize(
        "body", [b"", b"nothing", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
    )
    def test_that_hold_no_key_are_refused(self, key: Path, body: bytes) -> None:
        key.write_bytes(body)

        with pytest.raises(KeyUnusable):
            open_signer(f"file2:{key}")

    @pytest.mark.parametrize("uri", ["", "file2:", "hsm:1", "/a/path", "file2:/no/such/file"])
    def test_that_are_not_there_are_refused(self, uri: str) -> None:
        with pytest.raises(KeyUnusable):
            open_signer(uri)


class TestRegistering:
    def test_publishes_a_key_set_that_the_log_names(self, make: PublishingMaker) -> None:
        make.keys()

        keys = read_keyset(key_set())
        assert [key.use for key in keys.keys] == ["attestation", "log"]
        assert LogEntry.objects.get().payload_sha256 == KeySet.objects.get().sha256

    def test_again_changes_nothing(self, make: PublishingMaker) -> None:
        make.keys()

        assert register_keys(by=SYSTEM, at=NOON) == ()
        assert KeySet.objects.count() == 1

    def test_refuses_one_key_for_two_uses(self, make: PublishingMaker, settings: Settings, key: Path) -> None:
        settings.REVIEWDESK = settings.REVIEWDESK | {"SIGNING_KEY": f"file2:{key}", "LOG_KEY": f"file2:{key}"}

        with pytest.raises(OneKeyForTwo):
            register_keys(by=SYSTEM, at=NOON)


class TestRotating:
    def test_keeps_what_the_old_key_signed_and_lets_the_new_one_sign(
        self, make: PublishingMaker, settings: Settings, key: Path
    ) -> None:
        waiting = make.signed_statement()
        settings.REVIEWDESK = settings.REVIEWDESK | {"SIGNING_KEY": f"file2:{key}"}

        rotate_keys(by=SYSTEM, at=waiting.issued_at + UNDO)
        make.work(LOG, at=waiting.issued_at + UNDO)
        new = make.out(at=NOON + timedelta(hours=2))

        keys = read_keyset(key_set())
        for attestation_id in (waiting.pk, new.attestation_id):
            content = files_of(attestation_id=attestation_id)["content.md"]
            assert verify(bundle_of(attestation_id=attestation_id), keys, content=content).state == "verified"
        assert SigningKey.objects.filter(use="attestation", last_index=None).count() == 1
        assert log.problems() == ()

    def test_without_a_new_key_changes_nothing(self, make: PublishingMaker) -> None:
        make.keys()

        assert rotate_keys(by=SYSTEM, at=NOON) == ()
        assert KeySet.objects.count() == 1

    def test_of_the_log_key_lets_older_checkpoints_stand(
        self, make: PublishingMaker, settings: Settings, key: Path
    ) -> None:
        old = make.out()
        settings.REVIEWDESK = settings.REVIEWDESK | {"LOG_KEY": f"file2:{key}"}

        rotate_keys(by=SYSTEM, at=old.step.at + 2 * UNDO)
        new = make.out(at=NOON + timedelta(hours=2))

        keys = read_keyset(key_set())
        states = [verify(bundle_of(attestation_id=each.attestation_id), keys).state for each in (old, new)]
        assert states == ["statement_verified", "statement_verified"]

    def test_is_asked_for_when_only_the_setting_changed(
        self, make: PublishingMaker, settings: Settings, key: Path
    ) -> None:
        make.keys()
        step = make.requested()
        settings.REVIEWDESK = settings.REVIEWDESK | {"SIGNING_KEY": f"file2:{key}"}

        make.work(RENDER, SIGN, at=step.at + UNDO)

        assert make.last_error(SIGN).startswith(KeyNotRegistered.code)
        assert asdict(log.log_state())["refused"] == ""
