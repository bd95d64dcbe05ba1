"""Which cases a person's grants reach, as a condition for the database."""

from django.db.models import Q

from content.actors import Person
from content.permissions import PERMISSIONS_OF, Permission

EVERYTHING = Q(pk__isnull=False)
NOTHING = Q(pk__in=[])


def reached_by(*, person: Person, permission: Permission) -> Q:
    """Return the condition under which a person holds a permission on a case."""
    found = NOTHING
    for grant in person.grants:
        if permission in PERMISSIONS_OF[grant.role]:
            fields = {
                "draft__source": grant.source_id,
                "draft__kind": grant.kind,
                "draft__head__language": grant.language,
            }
            limits = {name: value for name, value in fields.items() if value is not None}
            found |= Q(**limits) if limits else EVERYTHING
    return found
