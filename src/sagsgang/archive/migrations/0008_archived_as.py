"""A publication that came from another archive keeps its number, and where it stood."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0007_sealed_file"),
    ]

    operations = [
        migrations.AddField(
            model_name="publication",
            name="archived_as",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Its address in the archive that it was exported from, and has kept.",
                max_length=1000,
            ),
        ),
    ]
