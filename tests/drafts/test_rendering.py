from typing import Any

import pytest

from content.actors import SYSTEM
from content.drafts import queries as drafts
from content.drafts.actions import rendering
from content.drafts.models import Draft
from content.drafts.rendering import TOO_COMPLEX, rendered
from content.drafts.states import Format
from content.events.queries import history_of
from tests.make import NOON, Maker


def render(draft: Draft) -> None:
    asked: dict[str, Any] = {"draft_id": draft.pk, "revision_id": draft.head_id or 0}
    rendering.render(
        **asked,
        prepared=rendering.prepare_rendering(**asked, at=NOON),
        by=SYSTEM,
        at=NOON,
    )


class TestRendered:
    def test_makes_html_and_plain_text_in_another_process(self) -> None:
        made = rendered("# Hi *there*\n\n<b>x</b>\n", format_=Format.MARKDOWN)

        assert "<em>there</em>" in made.html
        assert "&lt;b&gt;" in made.html
        assert made.plain.startswith("Hi there")

    def test_shows_the_source_of_what_is_too_complex(self) -> None:
        made = rendered("<" * 20_001, format_=Format.MARKDOWN)

        assert made.outcome == TOO_COMPLEX
        assert made.html.startswith("<pre>&lt;")

    def test_reads_no_markdown_in_plain_text(self) -> None:
        assert rendered("# Hi <b>", format_=Format.TEXT).html == "<pre># Hi &lt;b&gt;</pre>\n"


class TestRender:
    def test_happens_once_a_text(self, make: Maker) -> None:
        draft = make.draft()

        render(draft)
        render(draft)

        head = drafts.head_of(draft_id=draft.pk)
        kept = drafts.rendering_of(text_sha256=head.text_sha256, format_=draft.format)
        assert kept is not None
        assert kept.outcome == "ok"
        assert [event.fact for event in history_of(draft_id=draft.pk)] == ["draft_rendered.v1", "draft_received.v1"]

    @pytest.mark.parametrize("form", ["markdown", "text"])
    def test_keeps_formats_apart(self, make: Maker, form: str) -> None:
        draft = make.draft(body="# Hi\n", format=form)

        render(draft)

        head = drafts.head_of(draft_id=draft.pk)
        kept = drafts.rendering_of(text_sha256=head.text_sha256, format_=form)
        assert kept is not None
        assert ("<h1" in kept.html) == (form == "markdown")
