import os
import signal
from typing import Any

import pytest

from content.actors import SYSTEM
from content.drafts import queries as drafts
from content.drafts import rendering as rendering_module
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


class TestTheRenderer:
    def test_serves_the_next_after_a_hostile_text(self) -> None:
        assert rendered("<" * 20_001, format_=Format.MARKDOWN).outcome == TOO_COMPLEX

        assert rendered("# Hi\n", format_=Format.MARKDOWN).plain == "Hi\n"

    def test_takes_a_text_of_the_largest_size(self) -> None:
        text = "A sentence of seven words stands here.\n\n" * (512 * 1024 // 41)

        assert rendered(text, format_=Format.MARKDOWN).outcome == "ok"

    def test_is_started_again_when_it_was_ended(self) -> None:
        program = rendering_module._program
        rendered("x", format_=Format.MARKDOWN)
        assert program._process is not None
        os.killpg(program._process.pid, signal.SIGKILL)
        program._process.wait()

        assert "<p>y</p>" in rendered("y", format_=Format.MARKDOWN).html

    def test_is_one_a_process(self) -> None:
        rendered("x", format_=Format.MARKDOWN)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writing, rendered("# Fork\n", format_=Format.MARKDOWN).plain.encode())
            rendering_module._program.end()
            os._exit(0)

        assert os.waitpid(child, 0)[1] == 0
        assert os.read(reading, 100) == b"Fork\n"
        assert "<p>y</p>" in rendered("y", format_=Format.MARKDOWN).html
        os.close(reading)
        os.close(writing)


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
