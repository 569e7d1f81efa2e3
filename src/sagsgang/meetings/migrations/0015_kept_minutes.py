"""The minutes that members answer for are kept; those from before by `older.keep_from_before`."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0014_first_number"),
    ]

    operations = [
        migrations.AlterField(
            model_name="seal",
            name="sha256",
            field=models.CharField(help_text="Of the minutes; see KeptMinutes.", max_length=64),
        ),
        migrations.AlterField(
            model_name="signature",
            name="sha256",
            field=models.CharField(
                help_text="Of the minutes that were signed; see KeptMinutes.", max_length=64
            ),
        ),
        migrations.CreateModel(
            name="KeptMinutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "corrections",
                    models.PositiveIntegerField(help_text="How many corrections they have."),
                ),
                (
                    "sha256",
                    models.CharField(
                        help_text="Of the whole minutes and their style.", max_length=64
                    ),
                ),
                (
                    "kept_whole",
                    models.JSONField(help_text="With what is closed, in the form of `paper`."),
                ),
                (
                    "kept_public",
                    models.JSONField(
                        help_text="What is published of them, in the form of `paper`."
                    ),
                ),
                ("kept_style", models.JSONField(help_text="The manner that they are printed in.")),
                ("at", models.DateTimeField()),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting", "corrections"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("meeting", "corrections"), name="kept_minutes_once"
                    )
                ],
            },
        ),
    ]
