"""What tests of publishing begin with."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from content.actors import SYSTEM
from content.policy.actions import install_policies
from tests.make import NOON
from tests.publishing.maker import PublishingMaker
from tests.publishing.receiver import Receiver, receiving


@pytest.fixture
def make(db: None) -> PublishingMaker:
    install_policies(by=SYSTEM, at=NOON)
    return PublishingMaker()


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    settings.REVIEWDESK = settings.REVIEWDESK | {"WEBHOOK_ALLOW_PRIVATE_CIDRS": ("127.0.0.0/8",)}
    with receiving() as found:
        yield found
