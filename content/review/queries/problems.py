"""What `manage.py doctor` asks of review: one line for each breach of review.md, section 13. Reads only."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef

from content.policy.rules import RULES
from content.review import transitions
from content.review.facts import CaseId
from content.review.models import Case, GateResult, Lease, SignOff, SignOffVoid
from content.review.queries.facts import facts_of
from content.review.states import OPEN_STATES, CaseState

OPEN = [state.value for state in OPEN_STATES]
CASES_READ = 5000


def problems(*, at: datetime) -> tuple[str, ...]:
    """Return what is wrong with cases, leases and sign-offs; nothing in a sound database.

    A case whose Jobs still wait may be listed until they have run.
    """
    del at
    return (*_leases_on_closed_cases(), *_unknown_rules(), *_voids_without_cause(), *_open_cases(), *_published())


def _leases_on_closed_cases() -> Iterator[str]:
    rows = Lease.objects.filter(ended_at=None).exclude(case__state__in=OPEN)
    for case_id in rows.values_list("case", flat=True):
        yield f"case {case_id}: it has ended and somebody still holds it"


def _unknown_rules() -> Iterator[str]:
    known = set(RULES)
    for pk, verdicts in GateResult.objects.order_by("-id").values_list("pk", "verdicts")[:CASES_READ]:
        strange = {each["rule"] for each in verdicts} - known
        if strange:
            yield f"gate result {pk}: judged by unknown rules: {', '.join(sorted(strange))}"


def _voids_without_cause() -> Iterator[str]:
    for pk in SignOffVoid.objects.filter(cause="").values_list("pk", flat=True):
        yield f"void {pk}: it has no cause"


def _open_cases() -> Iterator[str]:
    for pk in Case.objects.filter(state__in=OPEN).order_by("id").values_list("pk", flat=True)[:CASES_READ]:
        facts = facts_of(case_id=CaseId(pk))
        state = transitions.settle(facts)
        if state is not facts.state:
            yield f"case {pk}: it reads {facts.state} and its facts say {state}"
        for each in facts.sign_offs:
            if each.void_cause is None and not each.is_valid:
                yield f"sign-off {each.id}: a later text voided it and no row says so"


def _published() -> Iterator[str]:
    voided = SignOffVoid.objects.filter(sign_off=OuterRef("pk"))
    counted = SignOff.objects.filter(~Exists(voided), case=OuterRef("pk"))
    bare = Case.objects.filter(~Exists(counted), state=CaseState.CLOSED_PUBLISHED.value)
    for pk in bare.values_list("pk", flat=True):
        yield f"case {pk}: it was published and no sign-off of it counts"
