"""Everything that can go wrong with a call, in words.

In: an exception that no command could deal with. Out: its words on stderr, and the exit code. Only a mistake of ours
is worth a traceback, and only with `--debug`.
"""

from __future__ import annotations

import click

from praxe.cli.options import Misuse
from praxe.cli.root import INTERRUPTED, OUR_FAULT, WRONG_USAGE
from praxe.cli.terminal import Terminal


def tell(error: Exception, terminal: Terminal) -> int:
    """Say what went wrong; return the exit code."""
    from praxe.dsl.errors import PraxeError

    match error:
        case click.Abort():
            terminal.note()
            return INTERRUPTED
        case click.UsageError():
            terminal.trouble(usage_words(error, terminal), _usage_hint(error, terminal))
            return WRONG_USAGE
        case PraxeError():
            terminal.trouble(error.in_language(terminal.language))
            return WRONG_USAGE
        case OSError():
            terminal.trouble(os_words(error, terminal))
            return WRONG_USAGE
        case _:
            return _our_fault(error, terminal)


def usage_words(error: click.UsageError, terminal: Terminal) -> str:
    """Return what is wrong with a command line."""
    match error:
        case Misuse():
            return terminal.say(error.key, **error.places)
        case click.NoSuchOption():
            return terminal.say("misuse.option", option=error.option_name)
        case click.MissingParameter(param=click.Argument(name=name)):
            return terminal.say("misuse.missing_argument", argument=terminal.say(f"metavar.{name}"))
        case click.MissingParameter(param=click.Option(opts=names)):
            return terminal.say("misuse.missing_option", option=names[-1])
        case click.BadOptionUsage():
            key = "misuse.flag_with_value" if _is_flag(error) else "misuse.option_without_value"
            return terminal.say(key, option=error.option_name)
        case _:
            return error.format_message()


def os_words(error: OSError, terminal: Terminal) -> str:
    """Return what the operating system refused."""
    name = error.filename if isinstance(error.filename, str) else str(error.filename or "")
    match error:
        case FileNotFoundError():
            return terminal.say("world.missing", path=name)
        case PermissionError():
            return terminal.say("world.forbidden", path=name)
        case IsADirectoryError():
            return terminal.say("world.is_folder", path=name)
        case NotADirectoryError() | FileExistsError():
            return terminal.say("world.not_folder", path=name)
        case _:
            return terminal.say("world.other", path=name, reason=error.strerror or type(error).__name__)


def _usage_hint(error: click.UsageError, terminal: Terminal) -> str:
    if isinstance(error, Misuse) and error.hint:
        return terminal.say(error.hint, **error.places)
    if isinstance(error, click.NoSuchOption) and error.possibilities:
        return terminal.say("misuse.near", near=sorted(error.possibilities)[0])
    return f"{error.ctx.command_path if error.ctx else 'praxe'} --help"


def _is_flag(error: click.BadOptionUsage) -> bool:
    known = error.ctx.command.params if error.ctx else []
    return any(isinstance(each, click.Option) and each.is_flag and error.option_name in each.opts for each in known)


def _our_fault(error: Exception, terminal: Terminal) -> int:
    if terminal.debug:
        import traceback

        terminal.note("".join(traceback.format_exception(error)).rstrip())
    what = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    terminal.trouble(terminal.say("fault", what=what), None if terminal.debug else terminal.say("fault.hint"))
    return OUR_FAULT
