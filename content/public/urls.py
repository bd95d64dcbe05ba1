"""Addresses that anybody may open."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from content.public import files, log, pages, proofs, wellknown


class TileNumber(StringConverter):
    """A tile number as C2SP tlog-tiles writes it, with its width: `x001/234.p/5`."""

    regex = r"(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[0-9]{1,3})?"


register_converter(TileNumber, "tile")

urlpatterns = [
    path("", pages.front, name="front"),
    path("p/<uuid:publication_id>/", pages.publication, name="publication_short"),
    path("p/<uuid:publication_id>/<slug:slug>/", pages.publication, name="publication"),
    path("p/<uuid:publication_id>/<str:name>", files.publication_file, name="publication_file"),
    path("v", proofs.lookup, name="lookup"),
    path("v/<uuid:attestation_id>/", proofs.attestation, name="attestation"),
    path("v/<uuid:attestation_id>/check", proofs.check_copy, name="check_copy"),
    path("v/<uuid:attestation_id>/<str:name>", files.attestation_file, name="attestation_file"),
    path("log/checkpoint", log.checkpoint, name="log_checkpoint"),
    path("log/status.jsonl", log.status, name="log_status"),
    path("log/tile/entries/<tile:number>", log.entries, name="log_entries"),
    path("log/tile/<int:level>/<tile:number>", log.tile, name="log_tile"),
    path(".well-known/reviewdesk/keys.json", wellknown.keys, name="key_set"),
    path(".well-known/tdmrep.json", wellknown.tdmrep, name="tdmrep"),
    path("robots.txt", wellknown.robots, name="robots"),
]
