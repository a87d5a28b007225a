"""The pages of `--help`.

In: a command's parameters and the words of `help_pt.py` or `help_en.py`. Out: the text. A parameter is described under
`help.<command>.<option>`, one that several commands share under `help.any.<option>`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import click

from praxe.cli.layout import wrapped
from praxe.cli.terminal import Style, Terminal

SHARED: Final = ("--language", "--color", "--debug", "--help")
_COLUMN = 30  # where descriptions begin, at most


def command_help(command: click.Command, ctx: click.Context, terminal: Terminal) -> str:
    """Return the help of one command."""
    name = command.name or ""
    arguments = [each for each in command.params if isinstance(each, click.Argument)]
    options = [each for each in command.params if isinstance(each, click.Option)]
    own = [each for each in options if each.opts[-1] not in SHARED]
    usage = [ctx.command_path, terminal.say("help.options"), *(written_argument(each, terminal) for each in arguments)]
    sections = [
        _usage(usage, terminal),
        _paragraphs(terminal.say(f"help.{name}"), terminal),
        _section("help.arguments", _rows(arguments, name, terminal), terminal),
        _section("help.own_options", _rows(own, name, terminal), terminal),
        _section("help.shared_options", shared_rows(options, terminal), terminal),
        _examples(terminal.say(f"help.{name}.examples"), terminal),
    ]
    return "\n\n".join(each for each in sections if each)


def root_help(groups: Sequence[tuple[str, Sequence[str]]], options: Iterable[click.Option], terminal: Terminal) -> str:
    """Return the help of `praxe` itself; no command is imported for it."""
    sections = [_paragraphs(terminal.say("help.praxe"), terminal)]
    sections.append(_usage(["praxe", terminal.say("help.options"), terminal.say("help.command"), "…"], terminal))
    for group, commands in groups:
        rows = [(name, terminal.say(f"help.{name}.short")) for name in commands]
        sections.append(_section(f"help.group.{group}", rows, terminal))
    sections.append(_section("help.own_options", shared_rows(options, terminal), terminal))
    codes = [(str(code), terminal.say(f"help.exit.{code}")) for code in range(4)]
    sections.append(_section("help.exit_codes", codes, terminal))
    return "\n\n".join(sections)


def describe(parameter: click.Parameter, command: str, terminal: Terminal) -> str:
    """Return the description of an option or argument."""
    name = parameter.opts[-1] if isinstance(parameter, click.Option) else (parameter.name or "")
    own = f"help.{command}.{name}"
    return terminal.say(own if terminal.words.has(own) else f"help.any.{name}")


def written_argument(argument: click.Argument, terminal: Terminal) -> str:
    """Return an argument as the usage line shows it: `POLICY`, `[POLICY]…`."""
    bare = _bare(argument, terminal)
    text = bare if argument.required else f"[{bare}]"
    return f"{text}…" if argument.nargs == -1 else text


def shared_rows(options: Iterable[click.Option], terminal: Terminal) -> list[tuple[str, str]]:
    """Return the rows of the options that stand with every command, and of `--version`, which stands with none."""
    shared = [each for each in options if each.opts[-1] in {*SHARED, "--version"}]
    return _rows(shared, "any", terminal)


def _rows(parameters: Iterable[click.Parameter], command: str, terminal: Terminal) -> list[tuple[str, str]]:
    return [(_term(each, terminal), describe(each, command, terminal)) for each in parameters]


def _term(parameter: click.Parameter, terminal: Terminal) -> str:
    return _written(parameter, terminal) if isinstance(parameter, click.Option) else _bare(parameter, terminal)


def _bare(argument: click.Parameter, terminal: Terminal) -> str:
    return terminal.say(f"metavar.{argument.name}")


def _written(option: click.Option, terminal: Terminal) -> str:
    names = ", ".join(option.opts)
    if option.is_flag:
        return names
    choices = getattr(option.type, "choices", None)
    value = "|".join(choices) if choices else terminal.say(f"metavar.{option.opts[-1].removeprefix('--')}")
    return f"{names} {value}"


def _usage(parts: Sequence[str], terminal: Terminal) -> str:
    return f"{terminal.paint(terminal.say('help.usage'), Style.BOLD)} {' '.join(parts)}"


def _paragraphs(text: str, terminal: Terminal) -> str:
    return "\n\n".join("\n".join(wrapped(each, terminal.width)) for each in text.split("\n\n"))


def _section(key: str, rows: Sequence[tuple[str, str]], terminal: Terminal) -> str:
    if not rows:
        return ""
    lines = [terminal.paint(terminal.say(key), Style.BOLD)]
    column = min(_COLUMN, max(len(term) for term, _ in rows) + 4)
    for term, description in rows:
        first, *more = wrapped(description, terminal.width - column) or [""]
        padded = f"  {term}".ljust(column)
        if len(term) + 4 > column:
            lines.append(terminal.paint(padded, Style.CYAN))
            padded = " " * column
        lines.append(terminal.paint(padded, Style.CYAN) + first if padded.strip() else padded + first)
        lines += [" " * column + each for each in more]
    return "\n".join(lines)


def _examples(text: str, terminal: Terminal) -> str:
    heading = terminal.paint(terminal.say("help.examples"), Style.BOLD)
    return "\n".join([heading, *(f"  {line}" for line in text.strip().splitlines())])
