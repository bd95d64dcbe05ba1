"""Salts behind pseudonyms."""

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime

from content.actors import Actor, require_system
from content.attestation.models import PersonSalt
from content.events.writing import quiet_action

SALT_SIZE = 32


@quiet_action
def ensure_salts(*, user_ids: Collection[int], by: Actor, at: datetime) -> Mapping[int, bytes]:
    """Return the salt of each person, made now where there is none yet.

    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    known = {row.person_id: row.salt for row in PersonSalt.objects.filter(person__in=user_ids)}
    for user_id in sorted(set(user_ids) - set(known)):
        row, _ = PersonSalt.objects.get_or_create(
            person_id=user_id, defaults={"salt": secrets.token_hex(SALT_SIZE), "created_at": at}
        )
        known[user_id] = row.salt
    return {user_id: bytes.fromhex(salt) for user_id, salt in known.items()}
