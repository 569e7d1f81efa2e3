"""What a committee has decided in its rules of procedure, and the headings of its agenda."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0002_municipalities"),
        ("meetings", "0009_kept_outline"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="heading",
            field=models.CharField(
                blank=True,
                help_text="Of the agenda, over the item; see RulesOfProcedure.",
                max_length=200,
            ),
        ),
        migrations.CreateModel(
            name="RulesOfProcedure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "numbering",
                    models.CharField(
                        choices=[
                            ("meeting", "Forfra ved hvert møde"),
                            ("year", "Fortløbende gennem året"),
                            ("term", "Fortløbende gennem valgperioden"),
                        ],
                        default="year",
                        max_length=7,
                    ),
                ),
                (
                    "notice",
                    models.PositiveSmallIntegerField(
                        help_text="Working days from agenda to meeting; null where the law's hold.",
                        null=True,
                    ),
                ),
                ("headings", models.JSONField(default=list)),
                (
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="procedure",
                        to="bodies.body",
                    ),
                ),
            ],
        ),
    ]
