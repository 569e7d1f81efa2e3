"""The tables of the archive."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bodies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Held",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "title",
                    models.CharField(help_text="Which meeting's document it is.", max_length=300),
                ),
                (
                    "findings",
                    models.JSONField(
                        help_text="What was found, where, and how certain; no number."
                    ),
                ),
                (
                    "packed",
                    models.BinaryField(
                        help_text="All that `publish` was given, compressed by zlib."
                    ),
                ),
                ("held_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("started_at", models.DateTimeField()),
                (
                    "ended_at",
                    models.DateTimeField(
                        help_text="Null while it runs, or if it was cut.", null=True
                    ),
                ),
                (
                    "complete",
                    models.BooleanField(
                        default=False, help_text="Everything in the source was seen."
                    ),
                ),
                ("seen", models.PositiveIntegerField(default=0)),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("unchanged", models.PositiveIntegerField(default=0)),
                ("held", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("vanished", models.PositiveIntegerField(default=0)),
                (
                    "problems",
                    models.JSONField(
                        default=list, help_text="What failed, in words; the first 200."
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                (
                    "text",
                    models.TextField(blank=True, help_text="What could be read in it, for search."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="The number in one form, or a first item.", max_length=120
                    ),
                ),
                ("slug", models.SlugField(max_length=120)),
                (
                    "number",
                    models.CharField(blank=True, help_text="As last printed.", max_length=60),
                ),
                (
                    "title",
                    models.CharField(
                        blank=True, help_text="As last treated in the open.", max_length=500
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="bodies.municipality",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "position",
                    models.PositiveIntegerField(help_text="Index in the document's items."),
                ),
                ("slug", models.SlugField(max_length=40)),
                ("number", models.CharField(blank=True, max_length=20)),
                ("title", models.CharField(blank=True, max_length=500)),
                ("case_number", models.CharField(blank=True, max_length=60)),
                ("kle", models.CharField(blank=True, max_length=8)),
                ("closed", models.BooleanField(default=False)),
                (
                    "outcome",
                    models.CharField(
                        blank=True, help_text="Of the meeting's decision.", max_length=30
                    ),
                ),
                (
                    "decision",
                    models.TextField(blank=True, help_text="The meeting's own decision, quoted."),
                ),
                ("decided_by", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="items",
                        to="archive.case",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting_id", "publication_id", "position"],
            },
        ),
        migrations.CreateModel(
            name="Dissent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "statement",
                    models.PositiveIntegerField(help_text="Index in the item's statements."),
                ),
                ("name", models.CharField(max_length=200)),
                ("party", models.CharField(blank=True, max_length=20)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dissents",
                        to="bodies.person",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dissents",
                        to="archive.item",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("choice", models.CharField(help_text="for, against or abstain.", max_length=8)),
                ("name", models.CharField(max_length=200)),
                (
                    "party",
                    models.CharField(
                        blank=True, help_text="Letter, where it is known.", max_length=20
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballots",
                        to="bodies.person",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ballots",
                        to="archive.item",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="bodies.person",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to="archive.item",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField()),
                ("start_time", models.CharField(blank=True, max_length=5)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The date, and the time where there are two.", max_length=20
                    ),
                ),
                ("term", models.CharField(max_length=9)),
                (
                    "kind",
                    models.CharField(
                        help_text="Of the current document: minutes, agenda …", max_length=20
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(help_text="When a publication last changed it."),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="bodies.body",
                    ),
                ),
            ],
            options={
                "ordering": ["-date", "-start_time"],
            },
        ),
        migrations.AddField(
            model_name="item",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="archive.meeting",
            ),
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "coming",
                    models.BooleanField(
                        help_text="A next step; otherwise an earlier or parallel one."
                    ),
                ),
                ("body_slug", models.SlugField(max_length=100)),
                ("body_name", models.CharField(blank=True, max_length=200)),
                ("date", models.DateField(null=True)),
                ("number", models.CharField(blank=True, max_length=20)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="archive.item",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Present",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("party", models.CharField(blank=True, max_length=20)),
                ("present", models.BooleanField(null=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="archive.meeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="bodies.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "strand",
                    models.CharField(
                        choices=[("main", "main"), ("supplement", "supplement")], max_length=10
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(help_text="From 1 in its meeting and strand."),
                ),
                ("kind", models.CharField(max_length=20)),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                (
                    "packed",
                    models.BinaryField(
                        help_text="Canonical JSON of the minutes, compressed by zlib."
                    ),
                ),
                (
                    "links",
                    models.JSONField(
                        default=dict, help_text="Addresses of attachments, as the source had."
                    ),
                ),
                (
                    "reader",
                    models.CharField(
                        help_text="Version of the program that read it.", max_length=20
                    ),
                ),
                (
                    "source_id",
                    models.CharField(
                        help_text="What its source is known again by.", max_length=500
                    ),
                ),
                ("source_name", models.CharField(max_length=300)),
                ("source_sha256", models.CharField(blank=True, max_length=64)),
                ("media_type", models.CharField(blank=True, max_length=100)),
                ("address", models.URLField(blank=True, max_length=1000)),
                ("fetched_at", models.DateTimeField()),
                ("published_at", models.DateTimeField()),
                (
                    "reason",
                    models.TextField(
                        blank=True, help_text="Why there is a new version, where told."
                    ),
                ),
                ("released_by", models.CharField(blank=True, max_length=120)),
                ("released_why", models.TextField(blank=True)),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="publications",
                        to="archive.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["meeting_id", "strand", "version"],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="current",
            field=models.ForeignKey(
                help_text="Minutes, or agenda.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="archive.publication",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="supplementary",
            field=models.ForeignKey(
                help_text="Supplement to it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="archive.publication",
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="publication",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="archive.publication",
            ),
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(help_text="Its address or path.", max_length=500, unique=True),
                ),
                (
                    "name",
                    models.CharField(help_text="What the sources page calls it.", max_length=200),
                ),
                ("kind", models.CharField(help_text="harvest or import.", max_length=20)),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="sources",
                        to="bodies.municipality",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        help_text="A file's path in it, or a meeting's id.", max_length=500
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        help_text="Size and time, hash, or release date.", max_length=200
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.publication",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="archive.run",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seen",
                        to="archive.source",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="run",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="runs",
                to="archive.source",
            ),
        ),
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=500)),
                ("address", models.CharField(blank=True, max_length=1000)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enclosures",
                        to="archive.item",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enclosures",
                        to="archive.storedfile",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(fields=("municipality", "key"), name="case_once"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("municipality", "slug"), name="case_address"
            ),
        ),
        migrations.AddIndex(
            model_name="mention",
            index=models.Index(fields=["body_slug", "date"], name="archive_men_body_sl_43606c_idx"),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                fields=["published_at", "id"], name="archive_pub_publish_392708_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("meeting", "strand", "version"), name="publication_version"
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["-date"], name="archive_mee_date_4d4ef6_idx"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["-changed_at"], name="archive_mee_changed_8a0b51_idx"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("body", "slug"), name="meeting_address"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("meeting", "slug"), name="item_address"),
        ),
        migrations.AddConstraint(
            model_name="seen",
            constraint=models.UniqueConstraint(fields=("source", "key"), name="seen_once"),
        ),
    ]
