"""Who follows what, and what they have been told already.

The key in a mail's links is nowhere in the database: it is made from the site's secret and a number
of the subscription's own, and found again by its hash. Who reads the database can neither end nor
confirm anything.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import ClassVar

from django.db import models
from django.utils.crypto import salted_hmac

from sagsgang.archive.models import Publication


class Subscription(models.Model):
    """Somebody's wish to be told by mail when there is news of a subject."""

    AT_ONCE: ClassVar = "now"
    DAILY: ClassVar = "daily"

    email = models.EmailField(max_length=254, help_text="In small letters.")
    subject = models.CharField(max_length=500, help_text="The address of the page followed.")
    name = models.CharField(max_length=300, help_text="What the subject is called.")
    pace = models.CharField(max_length=5, choices=[(AT_ONCE, AT_ONCE), (DAILY, DAILY)])
    language = models.CharField(max_length=2)
    salt = models.CharField(max_length=43, help_text="What the key is made from, with a secret.")
    key_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(help_text="When the latest mail to confirm it was sent.")
    confirmed_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True, help_text="Up to when news has been looked for.")
    refusals = models.PositiveSmallIntegerField(
        default=0, help_text="Mails in a row that the receiver's server would not have."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["email", "subject"], name="subscription_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.subject}"

    @property
    def key(self) -> str:
        """What the links in its mails have in them."""
        return salted_hmac(
            "sagsgang.archive.subscriptions", self.salt, algorithm="sha256"
        ).hexdigest()

    def take_key(self) -> None:
        """Gives it a key of its own."""
        self.salt = secrets.token_urlsafe(32)
        self.key_hash = hash_of(self.key)

    def know_key(self) -> None:
        """Sees to it that its key is found, also where the site has got another secret since."""
        if self.key_hash != hash_of(self.key):
            self.key_hash = hash_of(self.key)
            self.save(update_fields=["key_hash"])


class Told(models.Model):
    """A publication that a subscriber has been told of, so that it is told once."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="told")
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscription", "publication"], name="told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.publication_id}"


def hash_of(key: str) -> str:
    """What a key is found by."""
    return hashlib.sha256(key.encode()).hexdigest()
