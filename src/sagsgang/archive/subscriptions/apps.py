"""The Django app of the subscriptions."""

from __future__ import annotations

from django.apps import AppConfig


class Subscriptions(AppConfig):
    """Who follows what, by mail."""

    name = "sagsgang.archive.subscriptions"
    label = "subscriptions"
