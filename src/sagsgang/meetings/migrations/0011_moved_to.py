"""Items tell which body treats their case in the place of their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0002_municipalities"),
        ("meetings", "0010_rules_of_procedure"),
    ]

    operations = [
        migrations.AddField(
            model_name="item",
            name="moved_to",
            field=models.ForeignKey(
                help_text="Treats its case instead.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="bodies.body",
            ),
        ),
    ]
