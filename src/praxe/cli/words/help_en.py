"""The words of `--help` in English: `help.<command>.<parameter>`, or `help.any.<parameter>` for several commands."""

from __future__ import annotations

from typing import Final

PHRASES: Final = {
    "help.usage": "Usage:",
    "help.options": "[OPTIONS]",
    "help.command": "COMMAND",
    "help.arguments": "Arguments",
    "help.own_options": "Options",
    "help.shared_options": "Options of every command",
    "help.examples": "Examples",
    "help.exit_codes": "Exit codes",
    "help.exit.0": "all is well",
    "help.exit.1": "there is something to fix: errors in the policy, failing scenarios, files out of format",
    "help.exit.2": "what was asked cannot be done as asked: a wrong option, facts that do not fit, a missing file",
    "help.exit.3": "a fault of Praxe itself",
    "help.group.write": "Write",
    "help.group.decide": "Decide",
    "help.group.show": "Show",
    "help.praxe": "Praxe: procedures written as text, checked, decided step by step, explained and drawn.",
    # --- shared by commands
    "help.any.--language": "language Praxe speaks; without it PRAXE_LANGUAGE counts, and then pt",
    "help.any.--color": "colours: only in a terminal (auto), always or never; NO_COLOR is respected",
    "help.any.--debug": "when Praxe itself fails, show where (or PRAXE_DEBUG=1)",
    "help.any.--help": "show this help",
    "help.any.--version": "show the version",
    "help.any.policy": "the policy's folder, where policy.yaml is",
    "help.any.--json": "write JSON instead of text",
    "help.any.--start": "begin with this procedure instead of the entry",
    "help.any.--facts": "a YAML or JSON file with the facts of the case; `-` reads standard input",
    "help.any.--fact": "one fact: name=value; may be repeated, and counts more than the file",
    "help.any.--now": "the moment of the decision, as 2026-11-22 or 2026-11-22T14:30; without it, now",
    # --- what stands for a value
    "metavar.least": "percentage",
    "metavar.policy": "POLICY",
    "metavar.policies": "POLICY",
    "metavar.paths": "PATH",
    "metavar.path": "FILE",
    "metavar.code": "CODE",
    "metavar.folder": "FOLDER",
    "metavar.procedure": "PROCEDURE",
    "metavar.start": "PROCEDURE",
    "metavar.facts": "FILE",
    "metavar.fact": "NAME=VALUE",
    "metavar.now": "DATE",
    "metavar.output": "FILE",
    "metavar.save": "FILE",
    "metavar.junit": "FILE",
    "metavar.chart": "FOLDER",
    "metavar.html": "FILE",
    "metavar.text": "DOCUMENT=FILE",
    # --- praxe check
    "help.check.short": "check a policy and show all its errors at once",
    "help.check": (
        "Checks one or more policies: every error with its place, the reason and, where it is certain, what to write. A"
        " summary ends it: what the policy holds, how many clauses of the source text it cites, and the gaps it leaves."
    ),
    "help.check.policies": "the policies' folders; without any, the current one",
    "help.check.--format": "text for people, json, or sarif for code review",
    "help.check.--json": "the same as --format json",
    "help.check.--strict": "warnings count too: the exit code is 1",
    "help.check.examples": "praxe check policy/rc\npraxe check policy/rc --format sarif > praxe.sarif",
    # --- praxe fmt
    "help.fmt.short": "put .praxe files into the common format",
    "help.fmt": (
        "Rewrites .praxe files in the common format without changing what they say; comments stay. A file with a syntax"
        " error is left alone, and the error is shown."
    ),
    "help.fmt.paths": "files or folders; `-` reads standard input and writes standard output",
    "help.fmt.--check": "write nothing: show the differences, and exit with 1 if there are any",
    "help.fmt.--json": "tell in JSON what changed",
    "help.fmt.examples": "praxe fmt policy/rc\npraxe fmt --check policy",
    # --- praxe translate
    "help.translate.short": "write a .praxe file with the other language's keywords",
    "help.translate": (
        "Writes a .praxe file with the keywords of another language. The author's names and texts stay as they are;"
        " translating back gives the same file."
    ),
    "help.translate.path": "the file; `-` reads standard input",
    "help.translate.--to": "the language wanted",
    "help.translate.--output": "where to write; without it, or with `-`, standard output",
    "help.translate.--json": "write the text inside JSON",
    "help.translate.examples": "praxe translate policy/rc/triagem.praxe --to en",
    # --- praxe test
    "help.test.short": "run the policy's scenarios and measure what they cover",
    "help.test": (
        "Runs the policy's scenarios (the folder scenarios/): each has the facts of a case and what is expected of it."
        " Shows what failed, what was expected and what came, how many answers and paths the scenarios take, and where"
        " none of them comes by."
    ),
    "help.test.--chart": "draw the flowcharts in this folder, with the number of scenarios on each answer",
    "help.test.--junit": "also write a JUnit report, which integration servers read",
    "help.test.--mutants": (
        "make small mistakes in the policy on purpose (a limit one off, a step forgotten) and show those that no"
        " scenario would notice"
    ),
    "help.test.--least": "with --mutants: the share of mistakes, in percent, that the scenarios have to notice",
    "help.test.examples": (
        "praxe test policy/rc\npraxe test policy/rc -o coverage\npraxe test policy/rc --mutants --least 95"
    ),
    # --- praxe sources
    "help.sources.short": "show what became of each clause of the source text",
    "help.sources": (
        "Accounts for the source text: each clause of clauses.yaml is implemented by lines of the policy, is guidance,"
        " is a declared gap, or has no place yet. And the other way: the lines that no clause stands behind. And the"
        " findings of findings.yaml, each with what meets it. With --text, tells whether the source text has changed."
    ),
    "help.sources.--all": "also show each clause with the lines that implement it, and each finding in full",
    "help.sources.--strict": "lines without a clause count too: the exit code is 1",
    "help.sources.--html": "also write a page in colour, to open in a browser or print",
    "help.sources.--text": "the text of a source document, to see whether it has changed; may be repeated",
    "help.sources.--record": "write the print (digest) of the texts given with --text into clauses.yaml",
    "help.sources.examples": (
        "praxe sources policy/rc\npraxe sources policy/rc --html rc.html\npraxe sources policy/rc --text rc=source.txt"
    ),
    # --- praxe explain
    "help.explain.short": "explain an error code, with a wrong and a right example",
    "help.explain": "Explains a code that check has shown, with a wrong and a right example. Without one, lists all.",
    "help.explain.code": "the code: PX203, px203 or 203",
    "help.explain.examples": "praxe explain PX203",
    # --- praxe new
    "help.new.short": "create a small policy that works",
    "help.new": (
        "Creates a folder with a small and complete policy, to be changed bit by bit: manifest, vocabulary, a"
        " procedure, the clauses and the scenarios. --language chooses the language it is written in."
    ),
    "help.new.folder": "the folder to create; if it exists, it must be empty",
    "help.new.--json": "tell in JSON what was created",
    "help.new.examples": "praxe new my_policy --language en\npraxe check my_policy",
    # --- praxe decide
    "help.decide.short": "decide a case: the steps, why, and the next question",
    "help.decide": (
        "Decides a case from the facts that are known. Tells the steps to take, with the clauses that order them, the"
        " facts that decided and how the case ends; or which question is missing, what is awaited, or what the text"
        " leaves open."
    ),
    "help.decide.examples": (
        "praxe decide policy/rc --facts case.yaml\n"
        "praxe decide policy/rc --fact caso_aberto=yes --fact motivo_rc=tecnico\n"
        "cat case.json | praxe decide policy/rc --facts - --json"
    ),
    # --- praxe ask
    "help.ask.short": "lead the conversation: one question at a time, until decided",
    "help.ask": (
        "Leads the conversation in the terminal: one question at a time, and each step as soon as it is certain. You"
        " can go back, ask why, say that you do not know, stop and resume later."
    ),
    "help.ask.--facts": "a file with the facts already known, to resume from",
    "help.ask.--save": "where to keep the facts when leaving with `s`, and at the end",
    "help.ask.--json": "write the decision as JSON at the end; the conversation goes to standard error",
    "help.ask.examples": "praxe ask policy/rc\npraxe ask policy/rc --facts case.yaml --save case.yaml",
    # --- praxe draw
    "help.draw.short": "draw the flowchart, with the path of a case if you like",
    "help.draw": (
        "Draws the flowchart of a procedure. With facts, the path of the case is highlighted. If the output is a"
        " folder, all procedures are drawn."
    ),
    "help.draw.procedure": "the procedure; without it, the entry",
    "help.draw.--output": "a .svg, .png, .pdf or .dot file; or a folder, for all of them as .svg",
    "help.draw.--format": "the format, where the file's name does not tell",
    "help.draw.--json": "tell in JSON which files were written",
    "help.draw.examples": (
        "praxe draw policy/rc -o rc.svg\npraxe draw policy/rc rc_triagem --facts case.yaml -o case.png\n"
        "praxe draw policy/rc -o drawings/"
    ),
}
