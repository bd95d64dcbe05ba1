import pytest

from content.actors import SYSTEM, NotPermitted, Person
from content.drafts import queries as drafts
from content.drafts.actions import people
from content.permissions import Role
from content.review.actions import actors
from content.review.models import Lease
from content.review.queries.facts import facts_of
from tests.make import NOON, Maker
from tests.making_cases import EDITED


def lose(person: Person, role: Role) -> None:
    """Take a role from a person, and do what the Job after it does."""
    grant = next(each for each in drafts.grants() if each.user_id == person.id and each.role == role)
    people.revoke_role(grant_id=grant.pk, by=SYSTEM, at=NOON)
    actors.note_role_lost(user_id=person.id, by=SYSTEM, at=NOON)


class TestALostRole:
    def test_ends_the_lease_and_keeps_the_text(self, make: Maker) -> None:
        step = make.claimed()
        make.type(step, EDITED)

        lose(step.editor, Role.EDITOR)

        assert (make.state(step), make.head(step).text) == ("queued", EDITED)
        assert Lease.objects.get(case=step.case_id, fence=step.fence).ended_why == "role_lost"

    @pytest.mark.parametrize(("who", "role"), [("editor", Role.EDITOR), ("approver", Role.APPROVER)])
    def test_voids_the_sign_offs_of_that_person(self, make: Maker, who: str, role: Role) -> None:
        step = make.reviewed()
        make.approve(step)

        lose(getattr(step, who), role)

        causes = [each.void_cause for each in facts_of(case_id=step.case_id).sign_offs]
        assert causes == (["actor", None] if who == "editor" else [None, "actor"])
        assert make.state(step) == ("queued" if who == "editor" else "awaiting_second")

    def test_leaves_what_another_role_still_covers(self, make: Maker) -> None:
        step = make.claimed(editor=make.person(Role.EDITOR, Role.COMMENTER))

        lose(step.editor, Role.COMMENTER)

        assert make.state(step) == "in_review"

    def test_changes_nothing_twice(self, make: Maker) -> None:
        step = make.signed()
        lose(step.editor, Role.EDITOR)
        before = facts_of(case_id=step.case_id)

        actors.note_role_lost(user_id=step.editor.id, by=SYSTEM, at=NOON)

        assert facts_of(case_id=step.case_id) == before

    def test_is_noted_by_the_system(self, make: Maker) -> None:
        editor = make.editor()

        with pytest.raises(NotPermitted):
            actors.note_role_lost(user_id=editor.id, by=make.manager(), at=NOON)  # type: ignore[arg-type]
