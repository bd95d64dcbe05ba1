from datetime import timedelta

from content.drafts.facts import DraftId
from content.lineage import queries
from content.lineage.found import TextOrigin
from tests.lineage.texts import BREAD, LATER, PUMPS, indexed, published
from tests.make import NOON, Maker


class TestMatchesIn:
    RUN = " ".join(BREAD.split()[3:15])

    def matches(self, make: Maker, text: str, **options: object) -> list[str]:
        draft = make.draft(body=PUMPS)
        found = queries.matches_in(text=text, until=LATER, draft_id=DraftId(draft.pk), **options)  # type: ignore[arg-type]
        return [text[match.start : match.end] for match in found]

    def test_finds_a_run_of_known_words(self, make: Maker) -> None:
        indexed(make, BREAD)

        assert self.matches(make, f"As I like to say, {self.RUN} and so on.") == [self.RUN]

    def test_finds_every_run_of_eight_words(self, make: Maker) -> None:
        indexed(make, BREAD)
        words = BREAD.split()

        for first in range(len(words) - 8):
            run = " ".join(words[first : first + 8])
            assert self.matches(make, f"Mine: {run} mine."), run

    def test_leaves_seven_words_alone(self, make: Maker) -> None:
        indexed(make, BREAD)

        assert self.matches(make, f"I say {' '.join(BREAD.split()[3:10])} then.") == []

    def test_looks_only_where_it_is_asked_to(self, make: Maker) -> None:
        indexed(make, BREAD)
        text = f"{self.RUN}. Nothing of that."

        assert self.matches(make, text, within=[(len(self.RUN), len(text))]) == []
        assert self.matches(make, text, within=[(0, 5)]) == [self.RUN]

    def test_does_not_match_a_text_that_came_later(self, make: Maker) -> None:
        indexed(make, BREAD)
        draft = make.draft(body=PUMPS)

        found = queries.matches_in(text=BREAD, until=NOON - timedelta(seconds=1), draft_id=DraftId(draft.pk))

        assert found == ()

    def test_does_not_match_the_draft_s_own_line(self, make: Maker) -> None:
        draft = indexed(make, BREAD)

        assert queries.matches_in(text=BREAD, until=LATER, draft_id=DraftId(draft.pk)) == ()

    def test_says_whose_words_they_were(self, make: Maker) -> None:
        published(make, BREAD, human=200)
        draft = make.draft(body=PUMPS)

        found = queries.matches_in(text=BREAD, until=LATER, draft_id=DraftId(draft.pk))

        assert {match.origin for match in found if match.source.startswith("published")} == {
            TextOrigin.HUMAN,
            TextOrigin.MACHINE,
        }

    def test_takes_a_text_of_nothing(self, make: Maker) -> None:
        assert self.matches(make, "") == []
