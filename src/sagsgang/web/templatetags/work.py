"""Tags of the working house's pages: fields of forms, in the design system's markup."""

from __future__ import annotations

from typing import Any, Final

from django import forms, template
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sagsgang.cases import wording

register = template.Library()

_CLASSES: Final = (
    (forms.CheckboxInput, "form-checkbox"),
    (forms.RadioSelect, "form-radio"),
    (forms.CheckboxSelectMultiple, "form-checkbox"),
    (forms.Select, "form-select"),
    (forms.Textarea, "form-input"),
    (forms.ClearableFileInput, "form-file"),
    (forms.Widget, "form-input"),
)


@register.inclusion_tag("work/field.html")
def field(bound: BoundField, asking: bool = True, **attributes: Any) -> dict[str, Any]:
    """A field with its label, hint and what is wrong with it; `attributes` go on its control.

    A field that can be left out says so, unless the form is for finding, and not `asking`.
    """
    widget = bound.field.widget
    widget.attrs.pop("placeholder", None)  # the label says it, and stays
    name = bound.id_for_label or bound.auto_id
    described = [f"{name}-error-{number}" for number, _ in enumerate(bound.errors, 1)]
    if bound.help_text:
        described.insert(0, f"{name}-hint")
    attributes = {key.replace("_", "-"): value for key, value in attributes.items()}
    attributes["class"] = next(css for kind, css in _CLASSES if isinstance(widget, kind))
    if described:
        attributes["aria-describedby"] = " ".join(described)
    kind = _kind(widget)
    if kind == "group":
        widget.attrs["class"] = attributes["class"]
    return {
        "field": bound,
        "kind": kind,
        "optional": asking and not bound.field.required,
        "each": "radio" if isinstance(widget, forms.RadioSelect) else "checkbox",
        "described": " ".join(described),
        "control": bound.as_widget(attrs=attributes),
    }


def _kind(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "group"
    return "line"


@register.simple_tag
def state(value: str) -> SafeString:
    """A treatment's state as a label: its word with a shape and a colour."""
    tone, shape = wording.LOOKS[value]
    return format_html(
        '<span class="outcome outcome--{}"><span aria-hidden="true">{}</span>'
        '<span class="outcome__word">{}</span></span>',
        tone,
        shape,
        wording.STATES[value],
    )


@register.filter
def treats(value: str) -> Promise:
    """What a body is to do with a case."""
    return wording.TREATS[value]


@register.filter
def role(value: str) -> Promise:
    """What a role is called."""
    return wording.ROLES[value]


@register.filter
def answered(value: str) -> Promise:
    """What an answer in the approval chain is called."""
    return wording.ANSWERS[value]
