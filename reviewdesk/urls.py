"""Where the plug-in, log-in and the admin stand in this project."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("content.urls")),
]
