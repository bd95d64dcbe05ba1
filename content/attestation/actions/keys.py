"""Put public keys on record, replace them, and publish the key set that says which counts from where."""

from collections.abc import Sequence
from datetime import datetime

from content.actors import Actor, require_system
from content.attestation.actions.sequencing import append_entries, append_key_set, lock_log
from content.attestation.facts import KeyRegistered
from content.attestation.keylist import LogNamed, key_set_file, public_pem
from content.attestation.keystore import open_signer
from content.attestation.models import KeySet, SigningKey
from content.attestation.queries.keys import key_in_use, newest_key_set
from content.attestation.queries.log import log_size
from content.attestation.states import KeyUse
from content.conf import conf
from content.errors import Conflict
from content.events import actions as events
from content.events.writing import bulk_action
from content.proof.digest import sha256_hex
from content.proof.keyset import KeyListed


class OneKeyForTwo(Conflict):
    """Signing key and log key are the same; each use needs its own."""

    code = "one_key_for_two_uses"


@bulk_action
def register_keys(*, by: Actor, at: datetime) -> Sequence[str]:
    """Register the configured keys where none of their use is on record yet, and publish the key set.

    A configured key that differs from the one on record is left alone: that is what `rotate_keys` is for.

    :return: the ids of the keys that are new.
    :raises NotPermitted: for anybody but the system.
    :raises KeyUnusable: if a configured key cannot be used.
    :raises OneKeyForTwo: if both uses name one key.
    """
    require_system(by)
    lock_log(by=by, at=at)
    return _register({use: key for use, key in _configured().items() if key_in_use(use=use) is None}, by, at)


@bulk_action
def rotate_keys(*, by: Actor, at: datetime) -> Sequence[str]:
    """Make the configured keys the ones in use: what was signed before is logged first, then the new key set.

    With the new set at index r, an old attestation key counts up to r - 1 and a new one from r + 1 on.

    :return: the ids of the keys that are new; none when nothing differs.
    :raises NotPermitted: for anybody but the system.
    :raises KeyUnusable: if a configured key cannot be used.
    :raises OneKeyForTwo: if both uses name one key.
    """
    require_system(by)
    lock_log(by=by, at=at)
    list(SigningKey.objects.select_for_update())  # whoever signs holds the row of the key until it is stored
    known = {use: key_in_use(use=use) for use in KeyUse}
    changed = {use: key for use, key in _configured().items() if (row := known[use]) is None or row.pk != key.keyid}
    if not changed:
        return ()
    while append_entries(by=by, at=at):
        continue
    place = log_size()
    for use in changed:
        SigningKey.objects.filter(use=use.value, last_index=None).update(last_index=max(place - 1, 0))
    return _register(changed, by, at)


def _configured() -> dict[KeyUse, KeyListed]:
    keys = {}
    for use, uri in ((KeyUse.ATTESTATION, conf.signing_key), (KeyUse.LOG, conf.log_key)):
        public = open_signer(uri).public_key
        keys[use] = KeyListed(
            keyid=public.keyid,
            use=use.value,
            scheme=public.scheme,
            public=public_pem(public),
            mode=conf.key_mode,
            first_index=0,
        )
    if keys[KeyUse.ATTESTATION].keyid == keys[KeyUse.LOG].keyid:
        raise OneKeyForTwo
    return keys


def _register(keys: dict[KeyUse, KeyListed], by: Actor, at: datetime) -> Sequence[str]:
    if not keys:
        return ()
    place = log_size()
    for use, key in keys.items():
        is_first = not SigningKey.objects.filter(use=use.value).exists()
        after = place + 1 if use is KeyUse.ATTESTATION else place
        SigningKey.objects.create(
            keyid=key.keyid,
            use=key.use,
            scheme=key.scheme,
            public=key.public,
            mode=key.mode,
            first_index=0 if is_first else after,
            created_at=at,
        )
        events.record(KeyRegistered(keyid=key.keyid, use=key.use), by=by, at=at)
    _publish(by, at)
    return tuple(key.keyid for key in keys.values())


def _publish(by: Actor, at: datetime) -> None:
    newest = newest_key_set()
    version = newest.version + 1 if newest else 1
    rows = list(SigningKey.objects.order_by("use", "first_index"))
    body = key_set_file(
        version=version,
        issuer_id=conf.issuer,
        issuer_name=conf.issuer_name,
        keys=[_listed(row) for row in rows],
        logs=[_named(row) for row in rows if row.use == KeyUse.LOG],
    )
    sha256 = sha256_hex(body)
    KeySet.objects.create(version=version, body=body.decode(), sha256=sha256, created_at=at)
    append_key_set(sha256=sha256, by=by, at=at)


def _listed(row: SigningKey) -> KeyListed:
    return KeyListed(
        keyid=row.keyid,
        use=row.use,
        scheme=row.scheme,
        public=row.public,
        mode=row.mode,
        first_index=row.first_index,
        last_index=row.last_index,
        revoked_from_index=row.revoked_from_index,
    )


def _named(row: SigningKey) -> LogNamed:
    return LogNamed(
        origin=conf.origin, public=row.public, first_index=row.first_index, is_closed=row.last_index is not None
    )
