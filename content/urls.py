"""Addresses of the plug-in, all under one namespace."""

from django.urls import URLPattern, URLResolver, include, path

from content.api.urls import urlpatterns as api
from content.desk.urls import urlpatterns as desk
from content.public.urls import urlpatterns as public
from content.web.health import livez, readyz

app_name = "reviewdesk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", include(api)),
    path("", include(desk)),
    path("", include(public)),
]
