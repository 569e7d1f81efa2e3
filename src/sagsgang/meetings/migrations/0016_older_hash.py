from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0015_kept_minutes"),
    ]

    operations = [
        migrations.AddField(
            model_name="keptminutes",
            name="older_sha256",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Of the same minutes as older versions took it, where they were closed by one.",
                max_length=64,
            ),
        ),
    ]
