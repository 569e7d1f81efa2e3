"""Impartiality in an item: announced, what the body found, and who was called in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0002_municipalities"),
        ("meetings", "0007_answers_to_corrected_minutes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Conflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ground", models.CharField(max_length=300)),
                ("announced_at", models.DateTimeField()),
                (
                    "found",
                    models.BooleanField(
                        help_text="Null until the body has decided on it.", null=True
                    ),
                ),
                (
                    "announced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="announced_conflicts",
                        to="meetings.item",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.person",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        help_text="Called in for the item.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bodies.person",
                    ),
                ),
            ],
            options={
                "ordering": ["item", "person__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "person"), name="conflict_once")
                ],
            },
        ),
    ]
