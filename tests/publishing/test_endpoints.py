"""Endpoints: where a Source may be told, and the secrets that sign for it."""

import pytest

from content.publishing.actions import endpoints
from content.publishing.refusals import (
    EndpointLimit,
    EndpointNotFound,
    EventTypeUnknown,
    RotationOpen,
    UrlRefused,
)
from tests.make import NOON
from tests.publishing.maker import TELL, PublishingMaker
from tests.publishing.receiver import Cms, Receiver

pytestmark = pytest.mark.localhost
PUBLIC = "https://93.184.215.14/hook"


class TestEndpoints:
    def test_keep_their_secret_sealed(self, make: PublishingMaker) -> None:
        cms = Cms(make, PUBLIC)

        assert cms.created.secret.startswith("whsec_")
        assert cms.created.secret not in cms.endpoint.sealed_secret

    @pytest.mark.parametrize("url", ["http://93.184.215.14/", "https://127.0.0.1/", "https://10.1.2.3/x"])
    def test_inside_are_refused(self, make: PublishingMaker, url: str) -> None:
        with pytest.raises(UrlRefused):
            Cms(make, url)

    def test_of_unknown_types_are_refused(self, make: PublishingMaker) -> None:
        with pytest.raises(EventTypeUnknown):
            Cms(make, PUBLIC, "draft.exploded")

    def test_are_twenty_at_most(self, make: PublishingMaker) -> None:
        cms = Cms(make, PUBLIC)
        for _ in range(19):
            cms.add(PUBLIC)

        with pytest.raises(EndpointLimit):
            cms.add(PUBLIC)

    def test_sign_with_both_secrets_while_one_is_replaced(self, make: PublishingMaker, receiver: Receiver) -> None:
        cms = Cms(make, receiver.url)

        new = endpoints.rotate_secret(endpoint_id=cms.endpoint.pk, overlap_hours=1, by=cms.machine, at=NOON)
        cms.tell()

        assert new.secret != cms.created.secret
        assert len(receiver.received[0].headers["webhook-signature"].split(" ")) == 2
        with pytest.raises(RotationOpen):
            endpoints.rotate_secret(endpoint_id=cms.endpoint.pk, overlap_hours=1, by=cms.machine, at=NOON)

    def test_that_were_removed_are_told_nothing(self, make: PublishingMaker, receiver: Receiver) -> None:
        cms = Cms(make, receiver.url)

        endpoints.remove_endpoint(endpoint_id=cms.endpoint.pk, by=cms.machine, at=NOON)
        make.draft(by=cms.machine)
        make.work(*TELL, at=NOON)

        assert receiver.received == []
        with pytest.raises(EndpointNotFound):
            endpoints.remove_endpoint(endpoint_id=cms.endpoint.pk, by=cms.machine, at=NOON)
