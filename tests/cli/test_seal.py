"""`sagsgang seal due`: nothing is due in a house where no meeting was held."""

from __future__ import annotations

import pytest

from .conftest import Sagsgang


@pytest.mark.usefixtures("own_archive")
def test_nothing_is_due_where_no_meeting_was_held(apart: Sagsgang) -> None:
    done = apart("seal", "due")
    assert done == (0, "", "0 påmindelser, 0 udløbne frister, 0 segl.\n")
