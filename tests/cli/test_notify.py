"""`sagsgang notify`, stopped at any moment: no mail is lost, and one at most is sent again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SUBSCRIBERS = 6

FILL = f"""
import sys
from dataclasses import replace
from sagsgang import samples
from sagsgang.web import ready

ready()
from django.utils import timezone
from sagsgang.archive.publishing import publish
from sagsgang.archive.subscriptions.models import Subscription
from sagsgang.minutes import read

first, second, *_ = samples.paths()
publish(read(first))
for number in range({SUBSCRIBERS}):
    one = Subscription(
        email=f"nr{{number}}@eksempel.dk", subject="/", name="Sagsgang", pace="now", language="da",
        asked_at=timezone.now(), confirmed_at=timezone.now(),
    )
    one.take_key()
    one.save()
publish(read(second))
"""

# A slow post that writes each letter down before it says that the letter was taken.
SLOW_POST = """
import os
import time
from django.core.mail.backends.base import BaseEmailBackend

class EmailBackend(BaseEmailBackend):
    def send_messages(self, messages):
        for message in messages:
            with open(os.environ["LETTERS"], "a") as letters:
                letters.write(message.to[0] + "\\n")
            time.sleep(0.3)
        return len(messages)
"""

RUN = """
import sys
from sagsgang.web import ready
ready()
from django.conf import settings
settings.EMAIL_BACKEND = "slow_post.EmailBackend"
from sagsgang.cli import main
sys.exit(main(["notify"]))
"""


@pytest.fixture
def letters(own_archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The letters that were sent, from an archive with news for some subscribers."""
    (tmp_path / "slow_post.py").write_text(SLOW_POST)
    paths = [str(tmp_path), *filter(None, sys.path)]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    monkeypatch.setenv("LETTERS", str(tmp_path / "letters"))
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    subprocess.run([sys.executable, "-c", FILL], check=True, timeout=6000)
    return tmp_path / "letters"


def start() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def sent(letters: Path) -> list[str]:
    return letters.read_text().splitlines() if letters.exists() else []


def test_killed_in_the_middle_it_sends_one_again_at_most_and_leaves_none_out(letters: Path) -> None:
    for several in (2, 4):
        run = start()
        end = time.monotonic() + 600
        while len(sent(letters)) < several and time.monotonic() < end:
            time.sleep(0.02)
        os.kill(run.pid, signal.SIGKILL)
        run.communicate(timeout=600)
    last = start()
    last.communicate(timeout=600)
    assert last.returncode == 0
    everybody = {f"nr{number}@eksempel.dk" for number in range(SUBSCRIBERS)}
    assert set(sent(letters)) == everybody
    # Stopped twice, so two letters at most went out a second time.
    assert len(sent(letters)) <= SUBSCRIBERS + 2
    again = start()
    _, told = again.communicate(timeout=600)
    assert "0 mails sendt." in told
    assert len(sent(letters)) <= SUBSCRIBERS + 2


def test_two_at_once_send_everything_once(letters: Path) -> None:
    runs = [start(), start()]
    told = [run.communicate(timeout=600)[1] for run in runs]
    assert {run.returncode for run in runs} == {0}
    assert sorted(sent(letters)) == [f"nr{number}@eksempel.dk" for number in range(SUBSCRIBERS)]
    assert any("sendes allerede" in one for one in told) or "0 mails sendt." in "".join(told)
