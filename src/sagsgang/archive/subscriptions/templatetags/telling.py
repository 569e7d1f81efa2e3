"""Meetings and items in a line, in templates of mails."""

from __future__ import annotations

from django import template

from sagsgang.archive import telling

register = template.Library()

register.filter("heading", telling.heading)
register.filter("title_of", telling.title_of)
register.filter("outcome_of", telling.outcome_of)
