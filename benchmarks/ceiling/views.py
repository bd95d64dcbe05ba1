"""One address: a token looked up by its digest, a body checked by a serializer, three rows in one transaction."""

import hashlib
from typing import Any, cast

from django.db import transaction
from django.urls import path
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benchmarks.ceiling.models import Draft, Event, Revision, Token


class ByDigest(BaseAuthentication):
    """Knows a token by the digest of what is shown. One query."""

    def authenticate(self, request: Request) -> tuple[Token, None]:
        """Return whose token it is.

        :raises AuthenticationFailed: if it is nobody's.
        """
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = Token.objects.filter(sha256=hashlib.sha256(shown.encode()).hexdigest()).first()
        if token is None:
            raise AuthenticationFailed
        return token, None


class Posted(serializers.Serializer[Any]):
    """What is posted."""

    external_id = serializers.CharField(max_length=200)
    title = serializers.CharField(max_length=300)
    body = serializers.CharField(max_length=524_288)
    language = serializers.CharField(max_length=20)


class Drafts(APIView):
    """Takes drafts in."""

    authentication_classes = (ByDigest,)

    def post(self, request: Request) -> Response:
        """Keep a draft, or find that it is there. Four queries."""
        posted = Posted(data=request.data)
        posted.is_valid(raise_exception=True)
        given = posted.validated_data
        source = cast("Token", request.user).source
        with transaction.atomic():
            draft = Draft.objects.filter(source=source, external_id=given["external_id"]).first()
            if draft is None:
                draft = Draft.objects.create(source=source, external_id=given["external_id"], title=given["title"])
                Revision.objects.create(draft=draft, text=given["body"], language=given["language"])
                Event.objects.create(draft=draft, fact="received")
        return Response({"id": draft.pk, "external_id": draft.external_id}, status=201)


urlpatterns = [path("drafts", Drafts.as_view())]
