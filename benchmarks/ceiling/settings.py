"""The least that a project needs to take drafts in; the database is the one of the ReviewDesk beside it."""

import os
import secrets

from reviewdesk.databases import database

SECRET_KEY = secrets.token_hex(32)
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["benchmarks.ceiling"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "benchmarks.ceiling.views"
WSGI_APPLICATION = "benchmarks.ceiling.wsgi.application"
DATABASES = {"default": database(os.environ["DATABASE_URL"], password="", process="ceiling", statement_seconds=30)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
REST_FRAMEWORK = {"UNAUTHENTICATED_USER": None, "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]}
