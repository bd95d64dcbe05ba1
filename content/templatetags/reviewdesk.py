"""Small words of our templates: times, shares, digests, icons, and words looked up in a table."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django import template
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

register = template.Library()
THEMES = frozenset({"light", "dark"})
THEME_COOKIE = "reviewdesk-theme"
MINUTE, HOUR, DAY = 60, 3600, 86_400


@register.simple_tag(takes_context=True)
def theme(context: Mapping[str, object]) -> str:
    """Return the colors that the reader chose, or nothing for those of their system."""
    request = context.get("request")
    chosen = request.COOKIES.get(THEME_COOKIE, "") if isinstance(request, HttpRequest) else ""
    return chosen if chosen in THEMES else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return one drawing of the sprite; it says nothing to whoever cannot see it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("reviewdesk/icons/sprite.svg"), name
    )


@register.simple_tag
def moment(at: datetime | None, style: str = "short") -> SafeString:
    """Return a time that the script puts into the reader's zone.

    :param style: `short`, `relative`, `date` or `full`.
    """
    if at is None:
        return SafeString("")
    utc = at.astimezone(UTC)
    form = "%d %b %Y" if style == "date" else "%d %b %Y, %H:%M UTC"
    return format_html(
        '<time datetime="{}" data-rd="time" data-style="{}">{}</time>', utc.isoformat(), style, utc.strftime(form)
    )


@register.filter
def word(value: object, table: Mapping[str, object]) -> object:
    """Return the word for a stored value; the value itself where a table has none."""
    return table.get(str(value), value)


@register.filter
def at(table: Mapping[object, object], key: object) -> object:
    """Return what a mapping holds under a key, or nothing."""
    return table.get(key, "")


@register.filter
def share(value: float | None) -> str:
    """Return 0..1 as "31 %"; a dash for what is not measured."""
    return "—" if value is None else f"{round(100 * value)} %"


@register.filter
def lasting(seconds: float | None) -> str:
    """Return a length of time in its largest unit: "38 minutes", "3 hours", "2 days"."""
    if seconds is None:
        return "—"
    if seconds < HOUR:
        count = max(1, round(seconds / MINUTE)) if seconds else 0
        return ngettext("%(n)s minute", "%(n)s minutes", count) % {"n": count}
    if seconds < 2 * DAY:
        count = round(seconds / HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", count) % {"n": count}
    count = round(seconds / DAY)
    return ngettext("%(n)s day", "%(n)s days", count) % {"n": count}


@register.filter
def digest(value: str) -> SafeString:
    """Return the first twelve characters of a digest in groups of four, the whole one as its title."""
    name = value.removeprefix("sha256:")
    return format_html(
        '<code class="digest" title="{}">{}</code>', name, " ".join(name[i : i + 4] for i in range(0, 12, 4))
    )


@register.filter
def initials(name: str) -> str:
    """Return the first letters of a name, at most two."""
    parts = name.replace("@", " ").split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper() or "?"


@register.filter
def thousands(value: float | None) -> str:
    """Return a whole number with its thousands set apart; a dash for none."""
    return "—" if value is None else f"{value:,.0f}"


@register.simple_tag
def counted(count: int, one: str, many: str) -> str:
    """Return "1 word" or "412 words" for texts that are translated already: `%s` is the number."""
    return (one if count == 1 else many).replace("%s", f"{count:,}")


@register.filter
def by_author(author: str, names: Mapping[int, str]) -> str:
    """Return the name behind an author string such as `person:7`, `source:2` or `system:reviewdesk`."""
    kind, _, ident = author.partition(":")
    if kind == "person":
        return names.get(int(ident), "")
    return gettext("The source") if kind == "source" else gettext("ReviewDesk")
