"""The commands of `praxe` as click sees them: the options they share, their help, their mistakes.

In: click's own classes. Out: the same, speaking the reader's language; the words come from `words/` by the command's
and the option's name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import click

from praxe.cli.help_page import command_help
from praxe.cli.options import LANGUAGE, Misuse, OneOf
from praxe.cli.terminal import COLOR_CHOICES, Terminal

_SETTINGS: Final = {"allow_extra_args": True}  # told by `parse_args`, in the reader's language


class PraxeCommand(click.Command):
    """A command whose help and mistakes come from `words/`."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the page of `--help`."""
        return command_help(self, ctx, terminal_of(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; words beyond the arguments are a mistake."""
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # whose help to point at
            raise
        if rest and not ctx.resilient_parsing:
            raise Misuse("misuse.extra", ctx=ctx, value=" ".join(rest))
        return rest


def command(name: str) -> Callable[[Callable[..., int]], PraxeCommand]:
    """Make a command of a function that returns the exit code; its first argument is the `Terminal`."""

    def make(function: Callable[..., int]) -> PraxeCommand:
        settings = dict(_SETTINGS)
        decorate = click.command(name, cls=PraxeCommand, context_settings=settings, add_help_option=False)
        made = decorate(click.pass_obj(function))
        made.params += shared_options()
        return made

    return make


def shared_options() -> list[click.Parameter]:
    """Return the options every command has; `Terminal.of` has read them already, here they are checked."""
    return [
        click.Option(["--language"], type=LANGUAGE, expose_value=False),
        click.Option(["--color"], type=OneOf(*COLOR_CHOICES), expose_value=False),
        click.Option(["--debug"], is_flag=True, expose_value=False),
        click.Option(["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=_tell_help),
    ]


def _tell_help(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        terminal_of(ctx).out(ctx.get_help())
        ctx.exit()


def terminal_of(ctx: click.Context) -> Terminal:
    """Return the terminal of this call."""
    terminal = ctx.find_object(Terminal)
    assert terminal is not None  # INVARIANT: `root.main` starts click with one
    return terminal
