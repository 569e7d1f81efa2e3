"""SAML 2 by django-allauth, as OIOSAML 3 has it, and stricter where its provider is lenient.

An assertion is used once, though it came unasked; a subject must be one that lasts; nothing that
the identity provider tells beside who somebody is, such as a CPR number, is kept.
"""

from __future__ import annotations

import hashlib
import logging
import time
from typing import Any, ClassVar, Final

from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.saml import views
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from sagsgang.web.municipal import ASSURANCE

_LOG: Final = logging.getLogger(__name__)
_LONGEST_DRIFT: Final = 300
"""How many seconds two clocks may differ by, for python3-saml."""
_TRANSIENT: Final = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
_EID: Final = "https://data.gov.dk/model/core/eid"
_ASSURANCE: Final = "https://data.gov.dk/concept/core/nsis/loa"


class Municipal(SAMLProvider):
    """Who somebody is, by the names of OIOSAML 3, and by the older ones that ADFS has."""

    default_attribute_mapping: ClassVar = {
        "uid": [
            f"{_EID}/professional/uuid/persistent",
            "urn:oasis:names:tc:SAML:attribute:subject-id",
        ],
        "email": [
            f"{_EID}/email",
            "urn:oid:0.9.2342.19200300.100.1.3",
            "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        ],
        "first_name": [f"{_EID}/fullName", "urn:oid:2.5.4.3"],
    }

    def sociallogin_from_response(self, request: HttpRequest, response: Any) -> SocialLogin:
        """Who comes in.

        Raises:
            PermissionDenied: the assertion was used before, its subject does not last, or who it is
                was not made sure of as well as the site asks.
        """
        _use_once(response)
        self._see_to_assurance(response)
        return super().sociallogin_from_response(request, response)

    def _see_to_assurance(self, response: Any) -> None:
        asked = self.app.settings.get("assurance", "")
        told = [str(one) for one in response.get_attributes().get(_ASSURANCE) or [""]]
        if asked and min(map(_place, told)) < ASSURANCE.index(asked):
            raise PermissionDenied(f"the level of assurance is {told}, and {asked} is asked for")

    def extract_uid(self, data: Any) -> str:
        """Who somebody is, now and the next time."""
        told = self._extract(data).get("uid")
        if not told and data.get_nameid_format() == _TRANSIENT:
            raise PermissionDenied("the subject is transient")
        return str(told or data.get_nameid())

    def extract_extra_data(self, data: Any) -> dict[str, Any]:
        """The name alone: what else the provider tells is not needed."""
        return {"name": self._extract(data).get("first_name", "")}


class FinishACS(views.FinishACSView):
    """The end of a sign-in: whatever is wrong with it is told on one page."""

    def get_provider(self, organization_slug: str) -> Municipal:
        """The identity provider of the municipality."""
        return Municipal(self.request, app=self.get_app(organization_slug))

    def dispatch(self, request: HttpRequest, organization_slug: str) -> HttpResponse:
        """On to where the reader was going, or the page that tells that it went wrong."""
        try:
            return super().dispatch(request, organization_slug)
        except PermissionDenied as error:
            _LOG.error("A SAML response was refused: %s", str(error) or "nobody here asked")
            return render_authentication_error(request, self.get_provider(organization_slug))


class Logout(views.SLSView):
    """A sign-out that the identity provider asks for, signed; an unsigned one is anybody's."""

    def dispatch(self, request: HttpRequest, organization_slug: str) -> HttpResponse:
        """On to the identity provider, or 400."""
        if not request.GET.get("Signature"):
            return HttpResponse("The message is not signed.", "text/plain", 400)
        return super().dispatch(request, organization_slug)


login = views.login
acs = views.acs
finish_acs = FinishACS.as_view()
sls = Logout.as_view()
metadata = views.metadata


def _place(level: str) -> int:
    """Where a level stands among NSIS's; before all of them where it is none.

    Some providers tell it by its whole address.
    """
    name = level.removeprefix(f"{_ASSURANCE}/")
    return ASSURANCE.index(name) if name in ASSURANCE else -1


def _use_once(response: Any) -> None:
    """Remembers the assertion for as long as it could be sent again.

    Raises:
        PermissionDenied: it was used before.
    """
    name = hashlib.sha256(str(response.get_last_assertion_id()).encode()).hexdigest()
    ends = response.get_last_assertion_not_on_or_after() or time.time()
    kept = int(ends - time.time()) + 2 * _LONGEST_DRIFT
    if not cache.add(f"saml-assertion-{name}", True, timeout=kept):
        raise PermissionDenied("the assertion was used before")
