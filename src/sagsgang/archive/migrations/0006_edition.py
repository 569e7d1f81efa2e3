"""Each municipality has an edition, which grows with each change."""

import time

import django.db.models.deletion
from django.db import migrations, models


def begin(apps, schema_editor):
    """Municipalities with meetings are in their first edition."""
    municipalities = apps.get_model("bodies", "Municipality").objects
    edition = apps.get_model("archive", "Edition")
    now = time.time_ns() // 1000
    edition.objects.bulk_create(
        edition(municipality=one, number=now)
        for one in municipalities.filter(bodies__meetings__isnull=False).distinct()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0005_supplements"),
        ("bodies", "0002_municipalities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="edition",
                        serialize=False,
                        to="bodies.municipality",
                    ),
                ),
                (
                    "number",
                    models.BigIntegerField(help_text="Greater with each change, anywhere."),
                ),
            ],
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
