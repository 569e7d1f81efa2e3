"""The log of the working house: who changed what, when, from what and to what.

Triggers in the database write down every change of a watched row, so that a bulk update, or
another program, cannot slip by. `action` seals the changes of one transaction with an entry that
says who did what and why, hashed with the entry before it. `verify` proves the chain: an entry
that was altered, a change that was taken out, and a change that no action made are all found. So
are actions cut off at the end (`heads`), triggers that are not what they were, and rows that are
not what the log last said of them.

No entry can be changed or deleted: triggers refuse it.
"""

from __future__ import annotations

from .actions import action
from .proof import Fault, verify

__all__ = ["Fault", "action", "verify"]
