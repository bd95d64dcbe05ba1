"""Addresses of the plug-in, all under one namespace."""

from django.urls import URLPattern, URLResolver

app_name = "reviewdesk"
urlpatterns: list[URLPattern | URLResolver] = []
