import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from content.drafts.models import Source, SourceToken
from content.drafts.queries import authenticate
from content.permissions import Scope


def run(*command: str) -> str:
    """Return what a command prints."""
    out = io.StringIO()
    call_command(*command, stdout=out, stderr=io.StringIO())
    return out.getvalue().strip()


@pytest.mark.django_db
class TestCreateSource:
    def test_adds_a_source(self) -> None:
        run("create_source", "newsroom", "--name", "Newsroom CMS", "--kind", "news", "--requests-a-minute", "6000")

        source = Source.objects.get(slug="newsroom")
        assert (source.name, source.default_kind, source.requests_a_minute) == ("Newsroom CMS", "news", 6000)

    def test_says_that_the_name_is_taken(self) -> None:
        run("create_source", "newsroom")

        with pytest.raises(CommandError, match="has this name already"):
            run("create_source", "newsroom")


@pytest.mark.django_db
class TestCreateToken:
    def test_prints_a_token_that_opens_the_api(self) -> None:
        run("create_source", "newsroom")

        token = run("create_token", "newsroom", "--scopes", "drafts:write,drafts:read", "--days", "7")

        caller = authenticate(plaintext=token, at=timezone.now())
        assert caller.source.slug == "newsroom"
        assert caller.machine.scopes == {Scope.DRAFTS_WRITE, Scope.DRAFTS_READ}

    def test_makes_test_tokens_with_all_scopes(self) -> None:
        run("create_source", "newsroom")

        token = run("create_token", "newsroom", "--scopes", "all", "--test")

        assert token.startswith("rd_test_")
        assert len(SourceToken.objects.get().scopes) == len(Scope)

    @pytest.mark.parametrize(
        "command",
        [
            ("create_token", "nobody"),
            ("create_token", "newsroom", "--scopes", "sign"),
            ("create_token", "newsroom", "--days", "0"),
        ],
    )
    def test_says_what_is_wrong(self, command: tuple[str, ...]) -> None:
        run("create_source", "newsroom")

        with pytest.raises(CommandError):
            run(*command)


@pytest.mark.django_db
class TestOpenApi:
    def test_finds_the_approved_document_current(self) -> None:
        run("openapi", "--check")

    def test_notices_that_it_is_not(self, tmp_path: Path) -> None:
        path = tmp_path / "openapi.yaml"
        run("openapi", "--file", str(path))
        path.write_text(path.read_text().replace("ReviewDesk", "Other", 1))

        with pytest.raises(CommandError, match="not what the code says"):
            run("openapi", "--check", "--file", str(path))
