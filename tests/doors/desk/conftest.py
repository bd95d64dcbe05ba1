"""What tests of the desk begin with."""

import pytest

from content.actors import SYSTEM
from content.policy.actions import install_policies
from tests.make import NOON
from tests.publishing.maker import PublishingMaker


@pytest.fixture
def make(db: None) -> PublishingMaker:
    install_policies(by=SYSTEM, at=NOON)
    return PublishingMaker()
