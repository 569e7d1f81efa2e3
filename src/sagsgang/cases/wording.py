"""What the working house's states and roles are called on its pages."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Approval, Position, Treatment

STATES: Final[dict[str, Promise]] = {
    Treatment.WAITING: _("Venter på behandlingen før"),
    Treatment.DRAFT: _("Kladde"),
    Treatment.APPROVING: _("Til godkendelse"),
    Treatment.READY: _("Klar til dagsorden"),
    Treatment.ON_AGENDA: _("På dagsorden"),
    Treatment.DECIDED: _("Behandlet"),
    Treatment.WITHDRAWN: _("Trukket tilbage"),
}
TREATS: Final[dict[str, Promise]] = {
    Treatment.ORIENTATION: _("Til orientering"),
    Treatment.HEARING: _("Høring"),
    Treatment.RECOMMENDING: _("Indstiller"),
    Treatment.DECIDING: _("Afgør"),
}
ANSWERS: Final[dict[str, Promise]] = {
    Approval.ASKED: _("Venter"),
    Approval.APPROVED: _("Godkendt"),
    Approval.RETURNED: _("Sendt retur"),
}
ROLES: Final[dict[str, Promise]] = {
    Position.OFFICER: _("Sagsbehandler"),
    Position.LEADER: _("Leder"),
    Position.DIRECTOR: _("Direktør"),
    Position.SECRETARY: _("Udvalgssekretær"),
    Position.MEMBER: _("Medlem"),
    Position.CHAIR: _("Formand"),
    Position.SUBSTITUTE: _("Stedfortræder"),
    Position.ADMINISTRATOR: _("Administrator"),
    Position.AUDITOR: _("Revisor"),
}
KINDS_SAID: Final[dict[str, Promise]] = {
    "summary": _("Resume"),
    "presentation": _("Sagsfremstilling"),
    "economy": _("Økonomi"),
    "law": _("Lovgrundlag"),
    "hearing": _("Høring"),
    "procedure": _("Procedure"),
    "participants": _("Deltagere"),
    "announcement": _("Meddelelse"),
    "other": _("Andet"),
    "recommendation": _("Indstilling"),
    "decision": _("Beslutning"),
    "absence": _("Fravær"),
    "attachments": _("Bilag"),
    "routing": _("Behandlingsplan som tabel"),
    "related": _("Behandlet før"),
    "next_steps": _("Behandles senere"),
}
"""What the kinds of sections are called where an outline is set."""
LOOKS: Final = {
    Treatment.WAITING: ("quiet", "○"),
    Treatment.DRAFT: ("changed", "◇"),
    Treatment.APPROVING: ("waiting", "◐"),
    Treatment.READY: ("noted", "●"),
    Treatment.ON_AGENDA: ("sent-on", "▲"),
    Treatment.DECIDED: ("agreed", "■"),
    Treatment.WITHDRAWN: ("refused", "✕"),
}
"""The tone and the shape of a state: shapes differ, as colours fade in print."""
