"""`praxe`: finds the command, runs it, and turns whatever happens into words and an exit code.

In: the words of the command line. Out: 0 fine, 1 findings, 2 wrong usage (or the world is not as asked: no such file),
3 our fault. A command's module is imported when it is called, and for `--help` none is.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final, NoReturn

import click

from praxe.cli.command import shared_options, terminal_of
from praxe.cli.help_page import root_help
from praxe.cli.options import Misuse
from praxe.cli.terminal import Terminal
from praxe.cli.words import LANGUAGES, lexicon

GROUPS: Final = (
    ("write", ("new", "check", "fmt", "translate", "prove", "test", "scenarios", "diff", "sources", "explain")),
    ("decide", ("decide", "ask", "why", "compile")),
    ("show", ("draw", "export", "docs")),
)
COMMANDS: Final = tuple(name for _, names in GROUPS for name in names)
_MODULES: Final[Mapping[str, str]] = MappingProxyType(
    {"test": "scenarios", "scenarios": "generate"}
)  # `test` is a module of Python's own
FINE, FINDINGS, WRONG_USAGE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130


class Root(click.Group):
    """`praxe` itself."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        made: click.Command = import_module(f"praxe.cli.{_MODULES.get(cmd_name, cmd_name)}").COMMAND
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names; `help` and a command is the command with `--help`."""
        if args[0] == "help" and not ctx.resilient_parsing:
            if len(args) == 1:
                terminal_of(ctx).out(ctx.get_help())
                ctx.exit()
            args = [args[1], "--help"]
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = "misuse.near" if near else "misuse.known"
            raise Misuse("misuse.command", hint=hint, value=args[0], near="".join(near), known=", ".join(COMMANDS))
        return super().resolve_command(ctx, args)

    def get_help(self, ctx: click.Context) -> str:
        """Return the page of `--help`."""
        options = [each for each in self.params if isinstance(each, click.Option)]
        return root_help(GROUPS, options, terminal_of(ctx))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> NoReturn:
        """Run a command line and exit with its code."""
        given = list(sys.argv[1:] if args is None else args)
        terminal = Terminal.of(given, os.environ)
        if terminal.unknown_language:
            _warn_of_language(terminal)
        sys.exit(self._run(None if args is None else given, terminal, extra))

    def _run(self, args: list[str] | None, terminal: Terminal, extra: Mapping[str, Any]) -> int:
        try:
            code = super().main(args, "praxe", standalone_mode=False, obj=terminal, color=True, **extra)
        except Exception as error:
            from praxe.cli.troubles import tell

            return tell(error, terminal)
        except KeyboardInterrupt:
            terminal.note()
            return INTERRUPTED
        return code if isinstance(code, int) else FINE


def _warn_of_language(terminal: Terminal) -> None:
    """Say in every language that the one asked for is not known: nobody knows which the reader speaks."""
    for language in LANGUAGES:
        words = lexicon(language)
        terminal.note(words.say("language.unknown", value=terminal.unknown_language, known=", ".join(LANGUAGES)))


def _praxe(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        terminal_of(ctx).note(ctx.get_help())
        ctx.exit(WRONG_USAGE)


def _tell_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from praxe import __version__

        terminal_of(ctx).out(f"praxe {__version__}")
        ctx.exit()


ROOT: Final = Root(
    "praxe",
    callback=click.pass_context(_praxe),
    params=[
        *shared_options(),
        click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_tell_version),
    ],
    invoke_without_command=True,
    add_help_option=False,
)
