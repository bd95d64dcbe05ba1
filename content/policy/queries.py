"""Questions about policies."""

from django.db.models import QuerySet

from content.errors import NotFound
from content.policy.body import PolicyBody, parse
from content.policy.models import Policy

_READ: dict[str, PolicyBody] = {}


class PolicyNotFound(NotFound):
    """There is no such policy, or none is active for this kind of text; a manager can activate one."""

    code = "policy_not_found"


def policy_for(*, kind: str, slug: str = "") -> Policy:
    """Return the active policy for a kind of text; a Source may have named another active one by its slug.

    :raises PolicyNotFound: if none is active.
    """
    active = Policy.objects.filter(state="active")
    chosen = active.filter(slug=slug) if slug else active.filter(kind=kind)
    policy = chosen.first()
    if policy is None:
        raise PolicyNotFound(kind=kind, slug=slug)
    return policy


def get_policy(*, slug: str, version: int | None = None) -> Policy:
    """Return one version of a policy; the active one, else the newest, when no version is named.

    :raises PolicyNotFound: if there is none.
    """
    versions = Policy.objects.filter(slug=slug)
    if version is not None:
        versions = versions.filter(version=version)
    policy = versions.filter(state="active").first() or versions.order_by("-version").first()
    if policy is None:
        raise PolicyNotFound(slug=slug, version=version)
    return policy


def policy_by_id(*, policy_id: int) -> Policy:
    """Return one version of a policy.

    :raises PolicyNotFound: if there is none.
    """
    policy = Policy.objects.filter(pk=policy_id).first()
    if policy is None:
        raise PolicyNotFound(policy_id=policy_id)
    return policy


def policies(*, limit: int = 200) -> QuerySet[Policy]:
    """Return every version of every policy, by slug, newest version first."""
    return Policy.objects.order_by("slug", "-version")[:limit]


def body_of(*, policy: Policy) -> PolicyBody:
    """Return what a policy asks for, read once a process and version: a version never changes."""
    if policy.sha256 not in _READ:
        _READ[policy.sha256] = parse(policy.body)
    return _READ[policy.sha256]
