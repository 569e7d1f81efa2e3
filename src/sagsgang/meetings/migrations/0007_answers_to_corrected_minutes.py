"""An answer is to the minutes with the corrections they had; minutes tell when they were final."""

from django.db import migrations, models


def tell(apps, schema_editor):
    """What earlier answers were to, and when earlier minutes became final."""
    signatures = apps.get_model("meetings", "Signature").objects
    corrections = apps.get_model("meetings", "Correction").objects
    for one in signatures.order_by("pk"):
        before = corrections.filter(item__meeting=one.meeting_id, at__lte=one.at)
        signatures.filter(pk=one.pk).update(corrections=before.count())
    meetings = apps.get_model("meetings", "Meeting").objects
    for one in meetings.filter(state="signed").order_by("pk"):
        last = signatures.filter(meeting=one.pk).order_by("-at").values_list("at", flat=True)
        meetings.filter(pk=one.pk).update(signed_at=last.first() or one.closed_at)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_calendar_links")]

    operations = [
        migrations.AddField(
            "meeting",
            "signed_at",
            models.DateTimeField(help_text="When the minutes became final.", null=True),
        ),
        migrations.AddField(
            "signature",
            "corrections",
            models.PositiveIntegerField(default=0, help_text="How many corrections they had then."),
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
        migrations.RemoveConstraint("signature", "signature_once"),
        migrations.AddConstraint(
            "signature",
            models.UniqueConstraint(
                fields=("meeting", "person", "corrections"), name="signature_once"
            ),
        ),
    ]
