"""Playwright's synchronous face runs an event loop in the test's thread, where Django would refuse the database."""

import os

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
