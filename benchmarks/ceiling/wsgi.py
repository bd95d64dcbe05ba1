"""The door for the server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.ceiling.settings"
application = get_wsgi_application()
