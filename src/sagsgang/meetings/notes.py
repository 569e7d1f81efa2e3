"""Members' private notes on items, which nobody else reads: not the secretary, nor the auditor.

A note is enciphered with a key of its author's own, made of the site's secret key, before it comes
to the database. It is not watched by the log, and no action tells of it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import Final, NamedTuple

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sagsgang.cases.models import User
from sagsgang.cases.refused import Refused
from sagsgang.minutes.words import Words

from .insight import demand_covered
from .models import Item, Note

MARKS: Final = ("", "important", "speak", "doubt")
LONGEST: Final = 20_000
"""Characters in a note."""


class Written(NamedTuple):
    """A note as its author reads it; `revision` is 0 where nothing is written."""

    text: str = ""
    mark: str = ""
    revision: int = 0
    other: str = ""
    """What was written meanwhile on another device, which now stands below in `text`."""


def of_user(user: User, items: Iterable[Item]) -> dict[int, Written]:
    """The user's own notes, by the items' keys."""
    cipher = _cipher(user)
    found = Note.objects.filter(user=user, item__in=[item.pk for item in items])
    return {note.item_id: _opened(cipher, note) for note in found}


def write(user: User, item: Item, text: str, mark: str, *, revision: int) -> Written:
    """The note as it is stored now.

    `revision` is that which was written on. Where the note was written on another device
    meanwhile, both texts are kept, one below the other.

    Raises:
        Forbidden: the user may not read the item.
        Refused: the note is too long, or there is no such mark.
    """
    demand_covered(user, item)
    if mark not in MARKS:
        raise Refused(Words("Vælg et af mærkerne.", "Choose one of the marks."))
    cipher = _cipher(user)
    with transaction.atomic():
        # The user's row takes the turns: there may be no note to wait for yet.
        User.objects.select_for_update().get(pk=user.pk)
        stored = Note.objects.filter(user=user, item=item).first()
        before = _opened(cipher, stored) if stored else Written()
        other = _other(text, before) if before.revision != revision else ""
        whole = f"{text}\n\n{other}" if other else text
        if len(whole) > LONGEST:
            raise Refused(
                Words(
                    f"Noten er for lang: højst {LONGEST} tegn. Kort den af, og gem igen.",
                    f"The note is too long: {LONGEST} characters at most. Shorten it and save.",
                )
            )
        now = Written(whole, mark, before.revision + 1, other)
        Note.objects.update_or_create(
            user=user,
            item=item,
            defaults={
                "sealed": _sealed(cipher, now),
                "revision": now.revision,
                "written_at": timezone.now(),
            },
        )
    return now


def _other(text: str, before: Written) -> str:
    """What would be lost of the stored text, where this one takes its place."""
    return "" if before.text.strip() in text else before.text


def _cipher(user: User) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([_key(key, user) for key in keys])


def _key(secret: str, user: User) -> Fernet:
    made = HKDF(SHA256(), 32, salt=None, info=f"sagsgang notes {user.pk}".encode("ascii"))
    return Fernet(base64.urlsafe_b64encode(made.derive(secret.encode("utf-8"))))


def _sealed(cipher: MultiFernet, note: Written) -> str:
    written = json.dumps([note.text, note.mark], ensure_ascii=False)
    return cipher.encrypt(written.encode("utf-8")).decode("ascii")


def _opened(cipher: MultiFernet, note: Note) -> Written:
    """The note; nothing of it where the site has got another secret key."""
    try:
        text, mark = json.loads(cipher.decrypt(note.sealed.encode("ascii")))
    except InvalidToken:
        return Written(revision=note.revision)
    return Written(text, mark, note.revision)
