"""Who gets an account: people whom a manager lets in, never somebody who signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth carries no types
    """Log-in and passwords as allauth has them, without sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # the name is allauth's
        """Return that nobody may sign up."""
        return False
