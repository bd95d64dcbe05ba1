from datetime import datetime

import pytest
from django.utils import timezone

from content.actors import SYSTEM, Machine
from content.drafts.models import Source
from content.drafts.queries import authenticate
from content.policy.actions import install_policies
from tests.doors.api.client import Cms
from tests.make import NOON
from tests.publishing.maker import PublishingMaker


@pytest.fixture
def make(db: None) -> PublishingMaker:
    install_policies(by=SYSTEM, at=NOON)
    return PublishingMaker()


@pytest.fixture
def now() -> datetime:
    """Return the clock of the door, which is this machine's."""
    return timezone.now()


@pytest.fixture
def source(make: PublishingMaker) -> Source:
    return make.source(slug="newsroom", may_request_publication=True)


@pytest.fixture
def cms(make: PublishingMaker, source: Source, now: datetime) -> Cms:
    """Return a program of the newsroom, with all scopes."""
    return Cms(make.token(source=source, at=now).plaintext)


@pytest.fixture
def machine(cms: Cms, now: datetime) -> Machine:
    """Return the program of the newsroom as actions know it."""
    return authenticate(plaintext=cms.token, at=now).machine


@pytest.fixture
def stranger(make: PublishingMaker, now: datetime) -> Cms:
    """Return a program of another source."""
    return Cms(make.token(at=now).plaintext)
