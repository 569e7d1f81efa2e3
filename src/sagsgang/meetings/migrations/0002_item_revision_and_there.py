"""Items keep the revision that was put before the body, and who was there when it decided."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.AddField(
            "item",
            "revision",
            models.PositiveIntegerField(
                help_text="Of the presentation, as it was taken in: later ones are not shown.",
                null=True,
            ),
        ),
        migrations.AddField(
            "item",
            "there",
            models.JSONField(
                help_text="Keys of the persons who took part, since it was decided.", null=True
            ),
        ),
    ]
