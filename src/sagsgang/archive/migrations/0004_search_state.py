"""Which program writes the index, from the first item on."""

from django.db import migrations, models
from django.utils import timezone


def note(apps, schema_editor):
    """The index is empty, or was written by this very version."""
    from sagsgang.archive.search.state import program

    apps.get_model("archive", "SearchState").objects.get_or_create(
        pk=1, defaults={"fingerprint": program(), "learnt": {}, "built_at": timezone.now()}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0003_search"),
    ]

    operations = [
        migrations.RunPython(note, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="case",
            name="title",
            field=models.CharField(
                blank=True, help_text="As last treated in the open.", max_length=500
            ),
        ),
    ]
