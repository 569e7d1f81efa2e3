"""The command line: thin, one file for each command.

What a command line needs to be quick is imported when it is needed, and not before.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

# What a shell gives for a program that Ctrl-C (SIGINT) or a closed pipe (SIGPIPE) ended.
INTERRUPTED = 130
BROKEN_PIPE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status of a command.

    It is 0 when all went well, 1 when some documents could not be read, and 2 when the command
    itself could not be carried out.
    """
    try:
        status = _carry_out(sys.argv[1:] if arguments is None else arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Nobody reads on. What is still in the buffer must not be written when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return status


def _carry_out(arguments: Sequence[str]) -> int:
    from .console import complain, prepare
    from .refusal import Refusal

    prepare()
    try:
        return _dispatch(arguments)
    except Refusal as error:
        complain("", str(error))
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        from .gathering import said

        complain(error.filename or "", said(error))
        return 1
    except Exception as error:
        from . import trouble

        complain("", trouble.said(error))
        return 1


def _dispatch(arguments: Sequence[str]) -> int:
    from cyclopts import CycloptsError

    from .app import build

    app = build()
    try:
        status = app(
            arguments, exit_on_error=False, print_error=False, result_action="return_value"
        )
    except CycloptsError as error:
        from .help import in_words
        from .refusal import Refusal

        raise Refusal(in_words(error)) from error
    return status or 0
