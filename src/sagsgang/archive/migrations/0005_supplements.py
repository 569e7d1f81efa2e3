"""A meeting has as many supplementary agendas as were published, each a strand of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0004_search_state"),
    ]

    operations = [
        migrations.RemoveField(model_name="meeting", name="supplementary"),
        migrations.AlterField(
            model_name="publication",
            name="strand",
            field=models.CharField(
                help_text="Of its meeting's documents; see strands.", max_length=20
            ),
        ),
    ]
