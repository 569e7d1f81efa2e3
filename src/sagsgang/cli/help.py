"""Help pages and messages about the command itself, in the spoken language.

Cyclopts speaks English only: here its pages are laid out, and its errors put into words.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from cyclopts import CycloptsError
from cyclopts.exceptions import (
    CoercionError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
)

from .gathering import is_address
from .language import say

if TYPE_CHECKING:
    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions


class Pages:
    """How help is laid out: headings and two columns, without boxes."""

    def render_usage(self, console: Console, options: ConsoleOptions, usage: Any) -> None:
        """Prints how the command is written."""
        from rich.text import Text

        if usage:
            written = str(usage).strip()
            console.print(Text.assemble((say("Brug: ", "Usage: "), "bold"), written))
            console.print()

    def render_description(
        self, console: Console, options: ConsoleOptions, description: Any
    ) -> None:
        """Prints what the command does."""
        if description:
            with console.capture() as printed:
                console.print(description)
            console.out(printed.get().rstrip(), highlight=False)

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        """Prints a heading, and under it the arguments, options or commands."""
        from rich.table import Table
        from rich.text import Text

        if not panel.entries:
            return
        console.print()
        console.print(Text(str(panel.title), "bold"))
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column()
        for entry in panel.entries:
            grid.add_row(Text("  " + _label(entry), "cyan"), _told(entry))
        console.print(grid)


def _label(entry: HelpEntry) -> str:
    if entry.positional_label:
        several = (entry.metavar or "").endswith("...")
        return f"{entry.positional_label}…" if several else entry.positional_label
    value = "" if entry.choices or not entry.metavar else f" {entry.metavar.rstrip('.')}"
    return ", ".join((*entry.positive_names, *entry.positive_shorts)) + value


def _told(entry: HelpEntry) -> Any:
    from rich.console import Group

    choices = " | ".join(entry.choices or ())
    return Group(entry.description, choices) if choices else entry.description


def in_words(error: CycloptsError) -> str:
    """What is wrong with the command as it was written, and what would be right."""
    match error:
        case UnknownCommandError(unused_tokens=[token, *_]):
            return _unknown_command(token, error)
        case UnknownOptionError():
            option = error.token.keyword or error.token.value
            names = (name for argument in error.argument_collection for name in argument.names)
            unknown = say(f"{option} findes ikke.", f"There is no {option}.")
            return unknown + _nearest(option, names)
        case CoercionError(token=token) if token is not None:
            name = token.keyword or (error.argument.name.lstrip("-") if error.argument else "")
            return _wrong_value(name, token.value, error.target_type)
        case MissingArgumentError(argument=argument) if argument is not None:
            name = error.keyword or argument.name
            return say(f"{name} mangler en værdi.", f"{name} needs a value.")
        case RepeatArgumentError():
            name = error.token.keyword or error.token.value
            return say(f"{name} er givet mere end én gang.", f"{name} is given more than once.")
    return str(error)


def _unknown_command(token: str, error: CycloptsError) -> str:
    if is_address(token) or Path(token).exists():
        return say(f"Mente du: sagsgang read {token}", f"Did you mean: sagsgang read {token}")
    unknown = say(f"Kommandoen »{token}« findes ikke.", f"There is no command “{token}”.")
    commands = [name for name in error.app or () if not name.startswith("-")]
    listed = say("Se sagsgang --help.", "See sagsgang --help.")
    return unknown + (_nearest(token, commands) or f" {listed}")


def _nearest(written: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(written, list(names), n=1)
    return say(f" Mente du {near[0]}?", f" Did you mean {near[0]}?") if near else ""


def _wrong_value(name: str, value: str, wanted: Any) -> str:
    if get_origin(wanted) is Literal:
        choices = [str(choice) for choice in get_args(wanted)]
        said = say("Vælg mellem ", "Choose between ") + ", ".join(choices)
        return (
            say(f"{name} kan ikke være »{value}«. ", f"{name} cannot be “{value}”. ") + f"{said}."
        )
    if wanted is int:
        return say(
            f"{name} skal være et helt tal, ikke »{value}«.",
            f"{name} must be a whole number, not “{value}”.",
        )
    if wanted is datetime or datetime in get_args(wanted):
        return say(
            f"{name} skal være en dag eller et tidspunkt, som 2026-03-04 eller 2026-03-04T15:30, "
            f"ikke »{value}«.",
            f"{name} must be a day or a time, such as 2026-03-04 or 2026-03-04T15:30, not "
            f"“{value}”.",
        )
    return say(f"{name} kan ikke være »{value}«.", f"{name} cannot be “{value}”.")
