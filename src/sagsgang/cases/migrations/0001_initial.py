"""The tables of the cases app."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("bodies", "0002_municipalities"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "actor",
                    models.CharField(
                        help_text="Account and name, as they were then.", max_length=200
                    ),
                ),
                ("action", models.CharField(max_length=60)),
                ("subject", models.CharField(help_text="Such as cases.case:12.", max_length=120)),
                ("reason", models.TextField(blank=True)),
                (
                    "previous",
                    models.CharField(
                        help_text="Hash of the entry before; zeros first.", max_length=64
                    ),
                ),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="email address"),
                ),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="account",
                        to="bodies.person",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "abstract": False,
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
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
                    "number",
                    models.CharField(help_text="In the municipality's own form.", max_length=60),
                ),
                ("title", models.CharField(max_length=500)),
                (
                    "kle",
                    models.CharField(
                        blank=True, help_text="KLE subject, such as 15.20.00.", max_length=8
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_cases",
                        to="bodies.municipality",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="Presentation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=500)),
                ("closed", models.BooleanField(default=False)),
                (
                    "ground",
                    models.CharField(
                        blank=True, help_text="The legal ground of a closed item.", max_length=300
                    ),
                ),
                (
                    "public_title",
                    models.CharField(
                        blank=True,
                        help_text="What is published of a closed item; may be empty.",
                        max_length=500,
                    ),
                ),
                ("recommendation_by", models.CharField(blank=True, max_length=200)),
                ("recommendation_points", models.JSONField(default=list)),
                (
                    "sections",
                    models.JSONField(
                        default=list, help_text="Label, kind and Markdown text of each."
                    ),
                ),
                (
                    "revision",
                    models.PositiveIntegerField(default=1, help_text="Counts what was saved."),
                ),
                ("edited_at", models.DateTimeField()),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("closed", models.BooleanField(default=False)),
                (
                    "name",
                    models.CharField(
                        help_text="The file's name as it was handed in.", max_length=200
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        help_text="Its bytes, in the working house's store.", max_length=64
                    ),
                ),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.CharField(max_length=100)),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="cases.presentation",
                    ),
                ),
            ],
            options={
                "ordering": ["presentation", "position"],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField(help_text="What was asked about.")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("officer", "Sagsbehandler"),
                            ("leader", "Leder"),
                            ("director", "Direktør"),
                            ("secretary", "Udvalgssekretær"),
                            ("member", "Medlem"),
                            ("chair", "Formand"),
                            ("substitute", "Stedfortræder"),
                            ("administrator", "Administrator"),
                            ("auditor", "Revisor"),
                        ],
                        max_length=13,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("asked", "Venter"),
                            ("approved", "Godkendt"),
                            ("returned", "Sendt retur"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("comment", models.TextField(blank=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="cases.presentation",
                    ),
                ),
            ],
            options={
                "ordering": ["presentation", "id"],
            },
        ),
        migrations.CreateModel(
            name="Treatment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveIntegerField(help_text="From 1 in the case.")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("orientation", "Til orientering"),
                            ("hearing", "Høring"),
                            ("recommending", "Indstiller"),
                            ("deciding", "Afgør"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Venter på behandlingen før"),
                            ("draft", "Kladde"),
                            ("approving", "Til godkendelse"),
                            ("ready", "Klar til dagsorden"),
                            ("on_agenda", "På dagsorden"),
                            ("decided", "Behandlet"),
                            ("withdrawn", "Trukket tilbage"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="treatments",
                        to="bodies.body",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="treatments",
                        to="cases.case",
                    ),
                ),
            ],
            options={
                "ordering": ["case", "order"],
            },
        ),
        migrations.AddField(
            model_name="presentation",
            name="treatment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="presentation",
                to="cases.treatment",
            ),
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="units",
                        to="bodies.municipality",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="cases.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("officer", "Sagsbehandler"),
                            ("leader", "Leder"),
                            ("director", "Direktør"),
                            ("secretary", "Udvalgssekretær"),
                            ("member", "Medlem"),
                            ("chair", "Formand"),
                            ("substitute", "Stedfortræder"),
                            ("administrator", "Administrator"),
                            ("auditor", "Revisor"),
                        ],
                        max_length=13,
                    ),
                ),
                ("since", models.DateField()),
                (
                    "until",
                    models.DateField(help_text="The last day; null while it lasts.", null=True),
                ),
                (
                    "body",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="bodies.body",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="positions",
                        to="cases.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["user", "role"],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="unit",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="cases.unit",
            ),
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="cases.presentation",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["presentation", "revision"],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(
                        help_text="The action that it was made in.", max_length=32, null=True
                    ),
                ),
                ("table", models.CharField(db_column="table_name", max_length=63)),
                ("row", models.BigIntegerField()),
                ("operation", models.CharField(max_length=6)),
                ("before", models.TextField(null=True)),
                ("after", models.TextField(null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="cases.entry",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("entry", None)), fields=["token"], name="unsealed"
                    ),
                    models.Index(fields=["table", "row"], name="cases_chang_table_n_ddaa44_idx"),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="treatment",
            constraint=models.UniqueConstraint(fields=("case", "order"), name="treatment_order"),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                fields=("municipality", "number"), name="working_case_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("presentation", "revision"), name="version_once"
            ),
        ),
    ]
