"""Subscriptions, and what their owners have been told."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("archive", "0002_case_latest"),
    ]

    operations = [
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(help_text="In small letters.", max_length=254)),
                (
                    "subject",
                    models.CharField(help_text="The address of the page followed.", max_length=500),
                ),
                ("name", models.CharField(help_text="What the subject is called.", max_length=300)),
                (
                    "pace",
                    models.CharField(choices=[("now", "now"), ("daily", "daily")], max_length=5),
                ),
                ("language", models.CharField(max_length=2)),
                (
                    "salt",
                    models.CharField(
                        help_text="What the key is made from, with a secret.", max_length=43
                    ),
                ),
                ("key_hash", models.CharField(max_length=64, unique=True)),
                (
                    "asked_at",
                    models.DateTimeField(help_text="When the latest mail to confirm it was sent."),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "checked_at",
                    models.DateTimeField(
                        help_text="Up to when news has been looked for.", null=True
                    ),
                ),
                (
                    "refusals",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="Mails in a row that the receiver's server would not have.",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("email", "subject"), name="subscription_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="archive.publication",
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="subscriptions.subscription",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subscription", "publication"), name="told_once"
                    )
                ],
            },
        ),
    ]
