"""What stops a command before it has begun: the user asked for something that cannot be done."""

from __future__ import annotations


class Refusal(Exception):
    """A command that cannot be carried out; the message says why and what to do about it."""
