"""Writing HTML and SVG safely: everything that is not markup already is escaped."""

from html import escape


class Markup(str):
    """HTML that is safe as it is; Django and its templates know it by `__html__`."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def tag(name: str, *children: object, **attributes: object) -> Markup:
    """Return an element. `class_` is written `class`, `_` becomes `-`; attributes that are None or "" are left out."""
    written = "".join(
        f' {_attribute(key)}="{escape(_text(value))}"' for key, value in attributes.items() if value not in {None, ""}
    )
    return Markup(f"<{name}{written}>{inside(*children)}</{name}>")


def inside(*children: object) -> Markup:
    """Return children one after another, text among them escaped."""
    return Markup("".join(child if isinstance(child, Markup) else escape(str(child)) for child in children))


def _attribute(key: str) -> str:
    key = key.rstrip("_")
    return key if key == "viewBox" else key.replace("_", "-")


def _text(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
