"""When a case was last treated."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="latest",
            field=models.DateField(help_text="When that treatment was.", null=True),
        ),
    ]
