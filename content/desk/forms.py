"""From what a browser sends to plain values: text, numbers, words of closed sets, the declaration of a sign-off."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from django.http import HttpRequest

from content.errors import Invalid
from content.review.declaration import Declaration, ToolUse

E = TypeVar("E", bound=StrEnum)
TOOL_ROWS = (1, 2, 3)
"Rows for tools in the declaration; who used more names the rest in one row."
YES = "yes"


class FormInvalid(Invalid):
    """One of the answers cannot be read; look at the fields again."""

    code = "form_invalid"


class BodyInvalid(Invalid):
    """The request is no JSON object of the shape that is asked for."""

    code = "body_invalid"


def text(request: HttpRequest, name: str) -> str:
    """Return a field of a form without white space around it; empty when it was left out."""
    return str(request.POST.get(name, "")).strip().replace("\r\n", "\n")


def whole(request: HttpRequest, name: str) -> int:
    """Return a whole number.

    :raises FormInvalid: if the field holds none.
    """
    try:
        return int(text(request, name))
    except ValueError as error:
        raise FormInvalid(field=name) from error


def whole_or_none(request: HttpRequest, name: str) -> int | None:
    """Return a whole number, or None when the field is empty.

    :raises FormInvalid: if the field holds something else.
    """
    return whole(request, name) if text(request, name) else None


def choice(request: HttpRequest, name: str, among: type[E]) -> E:
    """Return a word of a closed set.

    :raises FormInvalid: if the field holds another one.
    """
    try:
        return among(text(request, name))
    except ValueError as error:
        raise FormInvalid(field=name) from error


def choices(request: HttpRequest, name: str, among: type[E]) -> tuple[E, ...]:
    """Return the words of a closed set that were ticked.

    :raises FormInvalid: if one is not in the set.
    """
    try:
        return tuple(among(each) for each in request.POST.getlist(name))
    except ValueError as error:
        raise FormInvalid(field=name) from error


def moment(request: HttpRequest, name: str) -> datetime:
    """Return the time of a `datetime-local` field, which is meant in UTC.

    :raises FormInvalid: if the field holds none.
    """
    try:
        return datetime.fromisoformat(text(request, name)).replace(tzinfo=UTC)
    except ValueError as error:
        raise FormInvalid(field=name) from error


def day(value: str, default: date) -> date:
    """Return a day of an address, or the default when it is left out or cannot be read."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return default


def answers(request: HttpRequest) -> dict[str, str]:
    """Return all fields of a form as they were sent, to show them again."""
    return {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def declaration(given: Mapping[str, str], *, body: str) -> Declaration:
    """Return what a person declares.

    :param body: the text that is signed: passages that a tool wrote are named by their words and found in it.
    """
    return Declaration(
        facts_checked=given.get("facts_checked") == YES,
        sources_checked=given.get("sources_checked") == YES,
        competence=given.get("competence", ""),
        competence_note=given.get("competence_note", "").strip(),
        tools=_tools(given, body),
        public_interest={"yes": True, "no": False}.get(given.get("public_interest", "")),
        responsible_id=_number(given.get("responsible_id", "")),
        reading_note=given.get("reading_note", "").strip(),
    )


def _tools(given: Mapping[str, str], body: str) -> tuple[ToolUse, ...] | None:
    match given.get("tools"):
        case "none":
            return ()
        case "some":
            rows = tuple(_tool(given, row, body) for row in TOOL_ROWS if given.get(f"tool_name_{row}", "").strip())
            return rows or None
        case _:
            return None


def _tool(given: Mapping[str, str], row: int, body: str) -> ToolUse:
    passage = given.get(f"tool_passage_{row}", "").strip().replace("\r\n", "\n")
    start = body.find(passage) if passage else -1
    return ToolUse(
        name=given[f"tool_name_{row}"].strip(),
        ai=given.get(f"tool_ai_{row}") == YES,
        used_for=given.get(f"tool_used_for_{row}", ""),
        passages=((start, start + len(passage)),) if start >= 0 else (),
    )


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() else None


def body_of(request: HttpRequest) -> Mapping[str, object]:
    """Return the JSON object that a script sent.

    :raises BodyInvalid: if it is none, or no UTF-8.
    """
    try:
        value = json.loads(request.body)
    except ValueError as error:
        raise BodyInvalid from error
    if not isinstance(value, dict):
        raise BodyInvalid
    return value


def number_in(body: Mapping[str, object], name: str) -> int:
    """Return a whole number of a JSON object.

    :raises BodyInvalid: if there is none of that name.
    """
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BodyInvalid(field=name)
    return value


def text_in(body: Mapping[str, object], name: str) -> str:
    """Return a text of a JSON object; empty when it is left out.

    :raises BodyInvalid: if something else stands there.
    """
    value = body.get(name, "")
    if not isinstance(value, str):
        raise BodyInvalid(field=name)
    return value


def word_in(body: Mapping[str, object], name: str, among: type[E]) -> E:
    """Return a word of a closed set in a JSON object.

    :raises BodyInvalid: if another one stands there.
    """
    try:
        return among(text_in(body, name))
    except ValueError as error:
        raise BodyInvalid(field=name) from error


def texts_in(value: object, name: str) -> dict[str, str]:
    """Return a JSON object of texts.

    :raises BodyInvalid: if it is none.
    """
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise BodyInvalid(field=name)
    return value
