import pytest
from django.utils import timezone

from content.drafts.models import Source
from tests.doors.api.client import Cms
from tests.make import Maker


@pytest.fixture
def source(make: Maker) -> Source:
    return make.source(slug="newsroom", may_request_publication=True)


@pytest.fixture
def cms(make: Maker, source: Source) -> Cms:
    """Return a program of the newsroom, with all scopes; its token lives by this machine's clock, as the door does."""
    return Cms(make.token(source=source, at=timezone.now()).plaintext)


@pytest.fixture
def stranger(make: Maker) -> Cms:
    """Return a program of another source."""
    return Cms(make.token(at=timezone.now()).plaintext)
