from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0012_acceptances"),
    ]

    operations = [
        migrations.AlterField(
            model_name="signature",
            name="corrections",
            field=models.PositiveIntegerField(
                default=0,
                help_text="How many corrections they had then; none where they became others since.",
                null=True,
            ),
        ),
    ]
