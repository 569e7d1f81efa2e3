from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bodies", "0002_municipalities")]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="since",
            field=models.DateField(
                help_text="The first day; null from the term's first.", null=True
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="until",
            field=models.DateField(help_text="The last day; null to the term's last.", null=True),
        ),
    ]
