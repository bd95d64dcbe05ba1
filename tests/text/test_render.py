import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.text.render import MAXIMUM_LINE, RenderingTooComplex, check_caps, main, plain_text, render_markdown

ROOT = Path(__file__).parents[2]


class TestRenderMarkdown:
    def test_renders_tables_strikethrough_and_code(self) -> None:
        html = render_markdown("| a | b |\n|:-:|--:|\n| ~~x~~ | `y<z` |\n")

        assert '<th class="align-center">a</th>' in html
        assert "<s>x</s>" in html
        assert "<code>y&lt;z</code>" in html
        assert "style" not in html

    @pytest.mark.parametrize(
        "text",
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](data:text/html,hi)",
            "![x](javascript:alert(1))",
            "<a href='javascript:alert(1)'>x</a>",
            "[x](/relative)",
            "[x](//other.example)",
        ],
    )
    def test_lets_nothing_active_through(self, text: str) -> None:
        html = render_markdown(text)

        assert "<script" not in html
        assert "<img src=x" not in html
        assert 'href="' not in html
        assert 'src="' not in html

    def test_marks_links_as_written_by_users(self) -> None:
        assert 'rel="nofollow noopener ugc"' in render_markdown("[x](https://x.example)")

    def test_gives_headings_ids_of_their_own(self) -> None:
        html = render_markdown("# Same\n\n## Same\n\n# 漢字\n")

        assert 'id="text-same"' in html
        assert 'id="text-same-2"' in html
        assert 'id="text-section"' in html

    @given(st.text(alphabet="ab<>[]()!#*_`~|-\n \\&\"':/"))
    def test_only_makes_tags_of_the_allowlist(self, text: str) -> None:
        html = render_markdown(text)

        assert "<script" not in html
        assert '<img src="javascript' not in html
        assert 'href="javascript' not in html

    @pytest.mark.parametrize(
        "text",
        [
            "x" * (MAXIMUM_LINE + 1),
            ">" * 25 + " deep",
            "\n".join("  " * depth + "- a" for depth in range(15)),
            "|a" * 70 + "\n" + "|-" * 70,
            "|a" * 60 + "\n" + "|-" * 60 + "\n" + ("|b" * 60 + "\n") * 900,
        ],
    )
    def test_refuses_what_would_take_too_long_or_lose_text(self, text: str) -> None:
        with pytest.raises(RenderingTooComplex):
            render_markdown(text)

    def test_names_the_cap_that_was_hit(self) -> None:
        with pytest.raises(RenderingTooComplex) as refusal:
            check_caps("ok\n" + "x" * 20_001)

        assert refusal.value.params == {"limit": "line", "maximum": MAXIMUM_LINE, "line": 2}

    def test_refuses_to_make_more_html_than_a_page_can_hold(self) -> None:
        with pytest.raises(RenderingTooComplex) as refusal:
            render_markdown("```\n" + ("&" * 19_000 + "\n") * 60)

        assert refusal.value.params["limit"] == "output"


class TestMain:
    def test_answers_in_the_process_that_calls_it(
        self, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"*a*"), encoding="utf-8"))
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.FileIO(1, "wb", closefd=False), write_through=True))

        assert main() == 0

        assert capfdbinary.readouterr().out == b"<p><em>a</em></p>\n"


class TestPlainText:
    def test_keeps_words_and_drops_markup(self) -> None:
        markdown = "# Head\n\nSome **bold** [link](https://x.example) ![alt](p.png)\nnext\n\n```\ncode\n```\n"

        assert plain_text(markdown) == "Head\n\nSome bold link alt\nnext\n\ncode\n"

    def test_is_empty_for_nothing(self) -> None:
        assert plain_text("\n") == ""


class TestCommand:
    def test_renders_stdin_to_stdout(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "content.text.render"],
            input="# é".encode(),
            capture_output=True,
            cwd=ROOT,
            check=False,
        )

        assert done.returncode == 0
        assert done.stdout.decode() == '<h1 id="text-section">é</h1>' + "\n"

    def test_says_when_a_text_is_too_complex(self) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "content.text.render"], input=b">" * 30, capture_output=True, cwd=ROOT, check=False
        )

        assert done.returncode == 3
        assert done.stderr.startswith(b"rendering_too_complex")
        assert done.stdout == b""
