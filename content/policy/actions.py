"""Write policies: versions that never change, one active for each kind of text."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from content.actors import Person, System, require, require_system
from content.errors import Conflict, Refused
from content.events import actions as events
from content.events.writing import action, bulk_action
from content.permissions import Permission
from content.policy import body as bodies
from content.policy.facts import PolicyActivated, PolicyDrafted
from content.policy.models import Policy
from content.policy.queries import PolicyNotFound
from content.policy.shipped import SHIPPED
from content.proof.jcs import JsonValue, jcs


class SecondPersonNeeded(Refused):
    """Whoever wrote this version cannot activate it; ask another manager."""

    code = "not_a_distinct_person"


class NotADraft(Conflict):
    """Only a version that never decided anything can be activated."""

    code = "not_in_state"


@bulk_action
def install_policies(*, by: System, at: datetime) -> list[Policy]:
    """Write and activate the shipped policies whose slug is not there yet.

    :return: those that were missing.
    :raises NotPermitted: for anybody but the system.
    """
    require_system(by)
    there = set(Policy.objects.values_list("slug", flat=True))
    taken = set(Policy.objects.filter(state="active").values_list("kind", flat=True))
    installed = []
    for kind in sorted(set(SHIPPED) - there - taken):
        policy = _write(slug=kind, version=1, kind=kind, body=SHIPPED[kind], created_by=f"system:{by.name}", at=at)
        policy.state, policy.activated_at, policy.activated_by = "active", at, f"system:{by.name}"
        policy.save(update_fields=["state", "activated_at", "activated_by"])
        events.record(PolicyActivated(policy_id=policy.pk, slug=kind, version=1), by=by, at=at)
        installed.append(policy)
    return installed


@action
def draft_policy(*, slug: str, kind: str, body: Mapping[str, object], by: Person, at: datetime) -> Policy:
    """Write the next version of a policy; it decides nothing before a second manager activates it.

    :raises PolicyInvalid: with a JSON pointer for each fault.
    :raises NotPermitted: without MANAGE_POLICIES.
    """
    require(by, Permission.MANAGE_POLICIES)
    last = Policy.objects.filter(slug=slug).aggregate(last=Max("version"))["last"] or 0
    policy = _write(slug=slug, version=last + 1, kind=kind, body=body, created_by=f"person:{by.id}", at=at)
    events.record(PolicyDrafted(policy_id=policy.pk, slug=slug, version=policy.version), by=by, at=at)
    return policy


@action
def activate_policy(*, policy_id: int, by: Person, at: datetime) -> Policy:
    """Let a version decide from now on; the one that decided before for its kind retires.

    :raises PolicyNotFound: if there is no such version.
    :raises NotADraft: if it is or was active.
    :raises SecondPersonNeeded: for its author.
    :raises NotPermitted: without MANAGE_POLICIES.
    """
    require(by, Permission.MANAGE_POLICIES)
    policy = Policy.objects.select_for_update(no_key=True).filter(pk=policy_id).first()
    if policy is None:
        raise PolicyNotFound(policy_id=policy_id)
    if policy.state != "draft":
        raise NotADraft(policy_id=policy_id)
    if policy.created_by == f"person:{by.id}":
        raise SecondPersonNeeded(policy_id=policy_id)
    Policy.objects.filter(kind=policy.kind, state="active").update(state="retired")
    policy.state, policy.activated_at, policy.activated_by = "active", at, f"person:{by.id}"
    policy.save(update_fields=["state", "activated_at", "activated_by"])
    events.record(PolicyActivated(policy_id=policy.pk, slug=policy.slug, version=policy.version), by=by, at=at)
    return policy


def _write(*, slug: str, version: int, kind: str, body: Mapping[str, object], created_by: str, at: datetime) -> Policy:
    bodies.parse(body)
    plain: dict[str, JsonValue] = dict(body)  # type: ignore[arg-type]  # `parse` has let plain values through only
    return Policy.objects.create(
        slug=slug,
        version=version,
        kind=kind,
        body=plain,
        sha256=hashlib.sha256(jcs(plain)).hexdigest(),
        created_at=at,
        created_by=created_by,
    )
