"""What of a draft is signed: one spelling for the digest that revisions carry and for the bytes that are frozen."""

import hashlib
from collections.abc import Mapping

from content.drafts.states import Format
from content.proof.freeze import content_digest

NOT_ATTESTED = frozenset({"slug"})
"An address is chosen anew by every CMS; it says nothing to a reader."


def media_type(format_: Format) -> str:
    """Return the media type under which a text of this format is stored and signed."""
    return "text/plain" if format_ is Format.TEXT else "text/markdown"


def attested_fields(extras: Mapping[str, str], canonical_url: str) -> dict[str, str]:
    """Return the extra fields that are signed, under the names that the frozen `meta.json` allows.

    A CMS names its fields `alt.hero` or `social-title`; points and hyphens become underscores, as freeze knows only
    `[a-z0-9_]`. Intake refuses two names that would fall together.
    """
    fields = {
        name.replace(".", "_").replace("-", "_"): extras[name] for name in sorted(extras) if name not in NOT_ATTESTED
    }
    return fields | ({"canonical_url": canonical_url} if canonical_url else {})


def digest_of_fields(
    *,
    text: str,
    format_: Format,
    title: str,
    summary: str,
    language: str,
    extras: Mapping[str, str],
    canonical_url: str,
) -> str:
    """Return the content digest of one state of a draft, `sha256:<hex>`."""
    return content_digest(
        text=text,
        media_type=media_type(format_),
        title=title,
        summary=summary,
        language=language,
        extra=attested_fields(extras, canonical_url),
    )


def sha256_of(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
