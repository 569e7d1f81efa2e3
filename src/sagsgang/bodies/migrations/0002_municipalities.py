"""The 98 municipalities."""

from __future__ import annotations

from django.db import migrations

from sagsgang.bodies.municipalities import municipalities
from sagsgang.minutes.danish.slugs import slug_of


def fill(apps, schema_editor):
    """Adds each municipality that is not there."""
    model = apps.get_model("bodies", "Municipality")
    model.objects.bulk_create(
        [
            model(code=code, name=name, slug=slug_of(name), region=region)
            for code, name, region in municipalities()
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    """Adds the municipalities."""

    dependencies = [("bodies", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
