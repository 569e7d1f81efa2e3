"""Somebody who uses the site by what stands on its pages: fills fields in by their labels, and
presses buttons by their names. What a page does not have, nobody can fill in.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

LOGIN = "/arbejde/konto/log-ind/"


class Visitor:
    """A browser without script, with the page that it shows."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address = ""
        self.page: html.HtmlElement

    @classmethod
    def signed_in(cls, mail: str, password: str) -> Visitor:
        """One who has come in by the door."""
        one = cls()
        one.go(LOGIN)
        one.press("Log ind", {"Mailadresse": mail, "Adgangskode": password})
        assert one.address == "/arbejde/", one.told
        return one

    @property
    def told(self) -> str:
        """What the page says in answer to what was done."""
        return " ".join(map(name_of, self.page.find_class("alert")))

    def go(self, address: str) -> None:
        """Writes an address."""
        self._show(self.client.get(address, follow=True), address)

    @property
    def words(self) -> str:
        """All that the page says."""
        return " ".join(self.page.text_content().split())

    @property
    def buttons(self) -> list[str]:
        """The names of the page's buttons."""
        return [name_of(one) for one in self.page.iter("button")]

    @property
    def addresses(self) -> set[str]:
        """Where the page's links lead."""
        return {urldefrag(address).url for _name, address in self._links()}

    def follow(self, link: str) -> None:
        """Follows the link with that name."""
        self.go(self._address_of(link))

    def follow_to(self, address: str) -> None:
        """Follows a link to that address, which must be on the page."""
        assert address in self.addresses, f"no link to {address} at {self.address}"
        self.go(address)

    def file(self, link: str) -> bytes:
        """What a link leads to that is no page."""
        address = self._address_of(link)
        answer = self.client.get(address)
        assert answer.status_code == 200, f"{answer.status_code} at {address}"
        return b"".join(answer) if answer.streaming else bytes(answer.content)

    def press(self, button: str, fields: dict[str, Any] | None = None) -> None:
        """Presses a button, when the fields of its form are filled in.

        Raises:
            AssertionError: the page has not one such button, or its form not one such field; a
                field takes no such value, or demands one; the answer is no page, or a refusal.
        """
        pressed = self._only(self.page.iter("button"), button)
        [form] = pressed.iterancestors("form")
        files = self._fill(form, fields or {})
        sent: dict[str, Any] = {}
        for name, value in form.form_values():
            sent.setdefault(name, []).append(value)
        if pressed.get("name"):
            sent[pressed.get("name")] = pressed.get("value", "")
        address = urljoin(self.address, form.get("action") or self.address)
        if form.method == "GET":
            answer = self.client.get(urlsplit(address).path, sent, follow=True)
        else:
            answer = self.client.post(address, sent | files, follow=True)
        self._show(answer, address)
        assert not self.page.find_class("alert-error"), self.told

    def _fill(self, form: html.FormElement, fields: dict[str, Any]) -> dict[str, Any]:
        """Fills in, and returns the files, which the form cannot hold."""
        files = {}
        for label, value in fields.items():
            field = self._only((one for one in form.inputs if one.get("type") != "hidden"), label)
            if isinstance(value, SimpleUploadedFile):
                assert (field.get("type"), form.get("enctype")) == ("file", "multipart/form-data")
                files[field.name] = value
            elif field.get("type") == "radio":
                form.inputs[field.name].value = field.get("value")
            elif field.get("type") == "checkbox":
                field.checked = value
            else:
                assert len(value) <= int(field.get("maxlength", len(value))), f"{label} is cut"
                field.value = _chosen(field, value) if field.tag == "select" else value
        for field in form.xpath(".//*[@required]") if "novalidate" not in form.attrib else ():
            assert field.value or field.name in files, f"{name_of(field)} must be filled in"
        return files

    def _links(self) -> list[tuple[str, str]]:
        """The name and the address of each link."""
        there = [one for one in self.page.iter("a") if one.get("href")]
        return [(name_of(one), urljoin(self.address, one.get("href"))) for one in there]

    def _address_of(self, link: str) -> str:
        addresses = {address for name, address in self._links() if name == link}
        assert len(addresses) == 1, f"{len(addresses)} links are {link!r} at {self.address}"
        return addresses.pop()

    def _only(self, elements: Any, name: str) -> Any:
        there = list(elements)
        found = [one for one in there if name in (_short(one), _in_group(one))]
        names = ", ".join(map(name_of, there))
        assert len(found) == 1, f"{len(found)} of {names} are {name!r} at {self.address}"
        return found[0]

    def _show(self, answer: Any, address: str) -> None:
        self.address = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        self.page = html.document_fromstring(answer.content)
        assert answer.status_code == 200, f"{answer.status_code} at {self.address}: {self.told}"


def name_of(element: html.HtmlElement) -> str:
    """What an element is called, for those who hear the page too."""
    if label := element.get("aria-label"):
        return str(label)
    if isinstance(element, html.InputElement | html.SelectElement | html.TextareaElement):
        element = element.label
        if element is None:
            return ""
    said = element.xpath(".//text()[not(ancestor::*[@aria-hidden='true'])]")
    return " ".join("".join(said).split())


def _short(element: html.HtmlElement) -> str:
    """The name without `(kan udelades)`."""
    return name_of(element).partition(" (kan ")[0]


def _in_group(element: html.HtmlElement) -> str:
    """`Møde 2: Dato`: the name with that of the group that the field is in."""
    groups = [one.find("legend") for one in element.iterancestors("fieldset")]
    return f"{name_of(groups[0])}: {_short(element)}" if groups else ""


def _chosen(field: html.SelectElement, name: str) -> str:
    """The value of the choice with that name."""
    values = [one.get("value") for one in field.iter("option") if name_of(one) == name]
    assert len(values) == 1, f"{len(values)} choices are called {name!r}"
    return str(values[0])
