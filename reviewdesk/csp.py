"""Content-Security-Policy for pages that are not ours: admin and log-in. Ours set their own header.

The setting SECURE_CSP has the shape of Django 6; on the next LTS this file goes and the setting stays.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

HEADER = "Content-Security-Policy"


class PolicyForForeignPages:
    """Adds the header to every answer that does not carry one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in settings.SECURE_CSP.items())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as the view does, with the header."""
        response = self._get_response(request)
        response.headers.setdefault(HEADER, self._policy)
        return response
