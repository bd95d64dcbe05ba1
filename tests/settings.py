"""The project's own settings, read in the environment `test`."""

import os

os.environ["REVIEWDESK_ENV"] = "test"

from reviewdesk.settings import *  # noqa: F403
