"""What may be asked for: the forms that values in addresses and queries have.

Values that cannot stand in the database are refused here, in words, before they get there.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Final

from django.utils import timezone
from ninja import Path, Query
from pydantic import AfterValidator, Field

MOST: Final = 200
_FIRST_YEAR: Final = 1800
_LAST_YEAR: Final = 2200
_SLUG: Final = r"^[a-z0-9-]{1,120}$"


def _of_our_time(value: datetime.date) -> datetime.date:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise ValueError(f"the year must be between {_FIRST_YEAR} and {_LAST_YEAR}")
    return value


def _with_zone(value: datetime.datetime) -> datetime.datetime:
    _of_our_time(value)
    aware = timezone.make_aware(value) if timezone.is_naive(value) else value
    return aware.astimezone(datetime.UTC)  # PostgreSQL knows no zone sixteen hours away


Day = Annotated[datetime.date, AfterValidator(_of_our_time)]
"""An ISO date."""
Moment = Annotated[datetime.datetime, AfterValidator(_with_zone)]
"""An ISO date and time; without a zone it is Danish time."""

Slug = Annotated[str, Path(pattern=_SLUG)]
"""A part of an address."""
Text = Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x1f]*$", examples=["kontanthjælp"])]
"""What somebody searches for."""

MunicipalityId = Annotated[str, Field(pattern=_SLUG, examples=["horsens"])]
BodyId = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9-]{1,100}/[a-z0-9-]{1,100}$",
        examples=["horsens/beskaeftigelses-og-integrationsudvalget"],
    ),
]
CaseId = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9-]{1,100}/sag/[a-z0-9-]{1,120}$",
        examples=["horsens/sag/00-01-00-a00-6-24"],
    ),
]
PersonId = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,100}/person/[a-z0-9-]{1,120}$")]

Cursor = Annotated[
    str | None,
    Query(
        max_length=400,
        pattern=r"^[A-Za-z0-9_:.-]*$",
        description="Where the last piece ended: its `next` leads here by itself.",
    ),
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many to a piece.")]
