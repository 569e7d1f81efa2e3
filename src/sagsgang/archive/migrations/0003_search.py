"""The index of the search: entries for all databases, terms in the way of each."""

import django.db.models.deletion
from django.db import migrations, models

CREATE = {
    "sqlite": (
        """CREATE VIRTUAL TABLE archive_searchterms USING fts5(
            words, marks, content='', tokenize="ascii tokenchars '_.,:/-~^+!='''"
        )""",
    ),
    "postgresql": (
        "ALTER TABLE archive_searchentry SET (toast_tuple_target = 128)",
        "ALTER TABLE archive_searchentry ADD COLUMN terms tsvector",
        "ALTER TABLE archive_searchentry ALTER COLUMN terms SET STORAGE EXTERNAL",
        "CREATE INDEX archive_searchterms ON archive_searchentry USING gin (terms)",
    ),
}
DROP = {
    "sqlite": ("DROP TABLE archive_searchterms",),
    "postgresql": ("ALTER TABLE archive_searchentry DROP COLUMN terms",),
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0002_case_latest"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="archive.item",
                    ),
                ),
                ("date", models.DateField(help_text="Of the meeting.")),
                (
                    "facets",
                    models.BigIntegerField(
                        help_text="What is counted, in one number; see facets.py."
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-date", "item"], name="search_entry_date"),
                    models.Index(fields=["facets"], name="search_entry_facets"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="indexed",
                        serialize=False,
                        to="archive.searchentry",
                    ),
                ),
                (
                    "packed",
                    models.BinaryField(help_text="See entries.py; compressed by zlib."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("length", models.PositiveSmallIntegerField(db_index=True)),
                (
                    "items",
                    models.PositiveIntegerField(
                        default=0,
                        help_text="How many items have it, when the index was last built.",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "fingerprint",
                    models.CharField(help_text="Of the dictionary and its rules.", max_length=64),
                ),
                (
                    "learnt",
                    models.JSONField(
                        default=dict, help_text="Words learnt from the archive: counts."
                    ),
                ),
                ("built_at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(create, drop),
    ]
