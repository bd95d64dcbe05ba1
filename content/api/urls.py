"""Routes of the API, relative to its base `/api/v1/`."""

from typing import Any

from django.urls import include, path, re_path, register_converter
from django.urls.converters import StringConverter

from content.api import attestations, deliveries, drafts, endpoints, pages, publications, review, revisions, source


class Form(StringConverter):
    """The forms that published content comes in."""

    regex = "md|html|txt|json"


register_converter(Form, "form")


def documented() -> list[Any]:
    """Return the routes that the OpenAPI document describes, under the base that clients see."""
    return [path("api/v1/", include(ROUTES))]


ROUTES = [
    path("source", source.SourceResource.as_view(), name="api_source"),
    path("drafts", drafts.Drafts.as_view(), name="api_drafts"),
    path("drafts/batch", drafts.Batch.as_view(), name="api_batch"),
    path("drafts/<str:ref>", drafts.OneDraft.as_view(), name="api_draft"),
    path("drafts/<str:ref>/actions", review.Actions.as_view(), name="api_actions"),
    path("drafts/<str:ref>/actions/withdraw", review.Withdraw.as_view(), name="api_withdraw"),
    path(
        "drafts/<str:ref>/actions/request_publication",
        review.RequestPublication.as_view(),
        name="api_request_publication",
    ),
    path("drafts/<str:ref>/gate", review.Gate.as_view(), name="api_gate"),
    path("drafts/<str:ref>/case", review.CaseResource.as_view(), name="api_case"),
    path("drafts/<str:ref>/diff", revisions.Diff.as_view(), name="api_diff"),
    path("drafts/<str:ref>/revisions", revisions.Revisions.as_view(), name="api_revisions"),
    path("drafts/<str:ref>/revisions/<int:number>", revisions.OneRevision.as_view(), name="api_revision"),
    path("drafts/<str:ref>/revisions/<int:number>/authorship", revisions.Authorship.as_view(), name="api_authorship"),
    path("drafts/<str:ref>/publication", publications.PublicationOfDraft.as_view(), name="api_draft_publication"),
    path("gate-previews", review.GatePreview.as_view(), name="api_gate_preview"),
    path("publications", publications.Publications.as_view(), name="api_publications"),
    path("publications/<str:publication_id>", publications.OnePublication.as_view(), name="api_publication"),
    path(
        "publications/<str:publication_id>/content.<form:form>",
        publications.PublishedContent.as_view(),
        name="api_content",
    ),
    path("attestations", attestations.Attestations.as_view(), name="api_attestations"),
    path("attestations/<str:attestation_id>", attestations.OneAttestation.as_view(), name="api_attestation"),
    path("attestations/<str:attestation_id>/bundle", attestations.BundleResource.as_view(), name="api_bundle"),
    path("keys", attestations.Keys.as_view(), name="api_keys"),
    path("webhook-endpoints", endpoints.Endpoints.as_view(), name="api_endpoints"),
    path("webhook-endpoints/<int:endpoint_id>", endpoints.OneEndpoint.as_view(), name="api_endpoint"),
    path("webhook-endpoints/<int:endpoint_id>/test", endpoints.TestEndpoint.as_view(), name="api_endpoint_test"),
    path("webhook-endpoints/<int:endpoint_id>/replay", endpoints.ReplayEndpoint.as_view(), name="api_endpoint_replay"),
    path("webhook-endpoints/<int:endpoint_id>/deliveries", deliveries.Deliveries.as_view(), name="api_deliveries"),
    path("deliveries/<int:delivery_id>", deliveries.OneDelivery.as_view(), name="api_delivery"),
    path("deliveries/<int:delivery_id>/replay", deliveries.ReplayDelivery.as_view(), name="api_delivery_replay"),
    path("problems/<str:code>", pages.ProblemPage.as_view(), name="api_problem"),
    path("openapi.json", pages.OpenApi.as_view(routes=documented), name="api_openapi"),
]
urlpatterns = [*ROUTES, re_path(r"^.*$", pages.Elsewhere.as_view(), name="api_elsewhere")]
