"""Files get rows of their own; until now no action could make an attachment."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_house_rules")]

    operations = [
        migrations.CreateModel(
            name="File",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(help_text="As its content tells.", max_length=100)),
                ("text", models.TextField(blank=True, help_text="What could be read in it.")),
                (
                    "scanned",
                    models.BooleanField(
                        default=False, help_text="Whether clamd found no virus in it."
                    ),
                ),
            ],
        ),
        migrations.RemoveField(model_name="attachment", name="media_type"),
        migrations.RemoveField(model_name="attachment", name="sha256"),
        migrations.RemoveField(model_name="attachment", name="size"),
        migrations.AddField(
            model_name="attachment",
            name="file",
            field=models.ForeignKey(
                default=0,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.file",
            ),
            preserve_default=False,
        ),
    ]
