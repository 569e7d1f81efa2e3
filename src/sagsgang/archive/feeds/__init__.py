"""Atom feeds and calendars of everything that can be followed."""
