"""What there is of bodies, people and memberships is told to the log, which watches them from now.

Before, a seat was over where the role of member was; now it has a last day of its own.
"""

import uuid
from functools import partial

from django.db import connection, migrations, transaction
from django.utils import timezone

from sagsgang.cases.log import heads
from sagsgang.cases.log.actions import FIRST, LOCK, hash_of
from sagsgang.cases.log.triggers import row_of


def end_seats(apps, schema_editor):
    Membership = apps.get_model("bodies", "Membership")
    Position = apps.get_model("cases", "Position")
    roles = Position.objects.filter(role__in=("member", "chair")).exclude(user__person=None)
    for one in roles.exclude(until=None).select_related("user").order_by("until", "pk"):
        own = roles.filter(user=one.user, body=one.body_id)
        if own.filter(until=None).exists() or own.filter(until__gt=one.until).exists():
            continue
        first = one.until.year - (one.until.year - 2022) % 4
        Membership.objects.filter(
            person=one.user.person_id, body=one.body_id, term=f"{first}-{first + 3}"
        ).update(until=one.until)


def begin_log(apps, schema_editor):
    Change, Entry = apps.get_model("cases", "Change"), apps.get_model("cases", "Entry")
    if connection.vendor == "postgresql":  # several programs may begin at once
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    if Entry.objects.filter(action="log.begin", subject="bodies").exists():
        return
    token = uuid.uuid4().hex
    for name in ("Body", "Person", "Membership"):
        model = apps.get_model("bodies", name)
        table = model._meta.db_table
        row = row_of(model, "t") if connection.vendor == "sqlite" else "to_jsonb(t)::text"
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO cases_change (token, table_name, row, operation, after) "
                f"SELECT %s, %s, t.id, 'insert', {row} FROM {table} t ORDER BY t.id",
                [token, table],
            )
    changes = list(Change.objects.filter(token=token).order_by("pk"))
    if not changes:
        return
    previous = Entry.objects.order_by("-pk").first()
    entry = Entry(
        at=timezone.now(),
        actor="Sagsgang",
        action="log.begin",
        subject="bodies",
        previous=previous.hash if previous else FIRST,
    )
    entry.hash = hash_of(entry, changes)
    entry.save()
    Change.objects.filter(token=token).update(entry=entry)
    transaction.on_commit(partial(heads.keep, entry.pk, entry.hash))


class Migration(migrations.Migration):
    dependencies = [("bodies", "0003_membership_days"), ("cases", "0010_pictures")]

    operations = [
        migrations.RunPython(end_seats, migrations.RunPython.noop),
        migrations.RunPython(begin_log, migrations.RunPython.noop),
    ]
