"""Sagsgang: cases, agendas, minutes and follow-up of Danish municipal committees."""

__version__ = "0.1.0"
