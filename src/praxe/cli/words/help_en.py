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
    "metavar.old": "OLD",
    "metavar.new": "NEW",
    "metavar.least": "percentage",
    "metavar.policy": "POLICY",
    "metavar.policies": "POLICY",
    "metavar.paths": "PATH",
    "metavar.path": "FILE",
    "metavar.code": "CODE",
    "metavar.folder": "FOLDER",
    "metavar.procedure": "PROCEDURE",
    "metavar.start": "PROCEDURE",
    "metavar.not": "OUTCOME",
    "metavar.if": "FACT=VALUE",
    "metavar.facts": "FILE",
    "metavar.fact": "NAME=VALUE",
    "metavar.now": "DATE",
    "metavar.output": "FILE",
    "metavar.resume": "FILE",
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
    # --- praxe prove
    "help.prove.short": "prove what holds for every case, or show a case for which it does not",
    "help.prove": (
        "Answers for all possible cases at once: whether each rule (`never`, `always`) holds, whether every case is"
        " decided, whether there are branches, questions or lines without use, steps repeated or contrary, rules"
        " that do"
        " not go together. Each “no” comes with a case told from beginning to end. What could be neither proved nor"
        " refuted is said to be open."
    ),
    "help.prove.--only": "only this question; may be repeated",
    "help.prove.--assumed": "also shows what only an assumption of the vocabulary rules out",
    "help.prove.--chart": "draws the way of each case shown, in this folder",
    "help.prove.--save": "writes the cases shown as scenarios to this file",
    "help.prove.--strict": "remarks count too: the exit code is 1",
    "help.prove.--format": "text for people (text), JSON (json) or SARIF for code review (sarif)",
    "help.prove.examples": (
        "praxe prove policy/promad\npraxe prove policy/promad --only rules\npraxe prove policy/rc --format sarif"
        " > proofs.sarif"
    ),
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
    # --- praxe compile
    "help.compile.short": "write the policy as one file, ready to decide",
    "help.compile": (
        "Writes the policy as a JSON file that decides without being read and checked again. The file stands "
        "wherever the folder stands: in `praxe decide`, and in Python with CompiledPolicy.load. It holds data "
        "only; when the policy changes, compile again."
    ),
    "help.compile.--output": "where to write; without it, or with `-`, standard output",
    "help.compile.--json": "tells in JSON what was written",
    "help.compile.examples": "praxe compile policy/rc -o rc.json\npraxe decide rc.json --facts caso.yaml",
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
        " none of them gets."
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
    # --- praxe diff
    "help.diff.short": "compare two versions of a policy by what changes for customers",
    "help.diff": (
        "Compares two versions of a policy: who gets another end, other steps, other deadlines or other questions, whom"
        " only one version accepts, and what is counted in other business days."
        " Each change comes with a smallest example, its share of the cases and the scenarios it changes. Exits with 1"
        " if anything changes."
    ),
    "help.diff.old": "the old version: a folder, or `revision:folder` as git writes it",
    "help.diff.new": "the new version: a folder, or `revision:folder`",
    "help.diff.--format": "text, Markdown (to comment on a review) or JSON",
    "help.diff.--chart": (
        "draws every procedure that was touched in this folder: NAME.svg as it is now, with what is new or changed"
        " marked; NAME.before.svg as it was, with what is gone marked"
    ),
    "help.diff.examples": (
        "praxe diff HEAD~1:policy/rc policy/rc\n"
        "praxe diff old-policy new-policy --format markdown\n"
        "praxe diff old-policy new-policy -o charts"
    ),
    # --- praxe scenarios
    "help.scenarios.short": "make scenarios that reach every answer and every limit of the policy",
    "help.scenarios": (
        "Tells how many places, answers and limits of the policy the scenarios reach; exits with 1 if they miss any."
        " With --generate it makes few cases that reach all of them; what each expects is what the policy decides"
        " today, for you to confirm."
    ),
    "help.scenarios.--generate": "make the cases and write them as scenarios",
    "help.scenarios.--pairs": "also each pair of answers that one decision reads together",
    "help.scenarios.--missing": "only what today's scenarios leave out",
    "help.scenarios.--output": (
        "where to write; without it, or with `-`, to standard output; an existing file is not touched"
    ),
    "help.scenarios.--json": "tell in JSON how many cases, and their text",
    "help.scenarios.examples": (
        "praxe scenarios policy/rc\npraxe scenarios policy/rc --generate -o policy/rc/scenarios/generated.yaml"
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
    "help.decide.policy": "the policy's folder, or the .json file that `praxe compile` wrote",
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
    "help.ask.--order": "order of the questions: the author's (author), few questions (fewest), cheap ones (cheapest)",
    "help.ask.--resume": "the .json file of a recorded conversation to go on with",
    "help.ask.--save": "where to keep the facts when leaving and at the end",
    "help.ask.--json": "write the decision as JSON at the end; the conversation goes to standard error",
    "help.ask.policy": "the policy's folder, or the .json file that `praxe compile` wrote",
    "help.ask.examples": (
        "praxe ask policy/rc\npraxe ask policy/rc --facts case.yaml --save case.yaml\n"
        "praxe ask policy/rc --save case.json\npraxe ask policy/rc --resume case.json"
    ),
    # --- praxe docs
    "help.docs.short": "write the policy's pages: flowcharts, text, questions, glossary",
    "help.docs": (
        "Writes pages about the policy for people: an index, a page for each procedure with its flowchart and the"
        " same as"
        " text, the questions, deadlines, gaps, clauses and examples, and a glossary. Only what has changed is made"
        " again, and files it did not make are never touched."
    ),
    "help.docs.--folder": "the folder of the pages",
    "help.docs.--html": "a small site instead of Markdown pages",
    "help.docs.--check": "write nothing: say what is stale, missing or superfluous, and exit with 1 if anything is",
    "help.docs.--watch": "watch the policy and make again what changes, until Ctrl-C",
    "help.docs.--json": "tell in JSON what was done",
    "help.docs.examples": (
        "praxe docs policy/rc -o pages\npraxe docs policy/rc -o site --html\npraxe docs policy/rc -o pages --check"
    ),
    # --- praxe why
    "help.why.short": "explain a decision: why, why not, what if",
    "help.why": (
        "Explains how a case is decided: only the facts and clauses that decided, in the order of the story; with them"
        " alone the result is the same. With --not, what stands against another outcome or step. With --if, what other"
        " facts would change. With --nearest, the smallest change of facts that leads to another outcome."
    ),
    "help.why.--not": "why not this outcome or step, and what would have to be otherwise",
    "help.why.--if": "what if the fact were this: fact=value; may be repeated",
    "help.why.--nearest": "only the smallest change of facts that leads to another outcome, or to that of --not",
    "help.why.--format": "text for people, Markdown or JSON",
    "help.why.--json": "the same as --format json",
    "help.why.policy": "the policy's folder, or the .json file that `praxe compile` wrote",
    "help.why.examples": (
        "praxe why policy/rc --facts case.yaml\n"
        "praxe why policy/rc --facts case.yaml --not revertido\n"
        "praxe why policy/rc --facts case.yaml --if caso_aberto=no"
    ),
    # --- praxe draw
    "help.draw.short": "draw the flowchart, with the path of a case if you like",
    "help.draw": (
        "Draws the flowchart of a procedure. With facts, the path of the case is highlighted. If the output is a"
        " folder, all procedures are drawn."
    ),
    "help.draw.procedure": "the procedure; without it, the entry",
    "help.draw.--output": "a .svg, .png, .pdf or .dot file; or a folder, for all of them as .svg",
    "help.draw.--format": "the format, where the file's name does not tell",
    "help.draw.--level": (
        "the level: the policy's summary, one procedure, or that with its calls opened (`all`: all three)"
    ),
    "help.draw.--paper": "put on sheets, in one PDF, with text of 6 pt or more; without a procedure, the whole policy",
    "help.draw.--check": "measure instead of drawing: overlaps, cut text, lines through boxes, crossings, size of text",
    "help.draw.--json": "tell in JSON which files were written, or what was measured",
    "help.draw.policy": "the policy's folder, or the .json file that `praxe compile` wrote",
    "help.draw.examples": (
        "praxe draw policy/rc -o rc.svg\npraxe draw policy/rc rc_triagem --facts case.yaml -o case.png\n"
        "praxe draw policy/rc -o drawings/"
    ),
    # --- praxe export
    "help.export.short": "export the flowcharts and the graph for other programs",
    "help.export": (
        "Exports a procedure as Mermaid, BPMN 2.0 or DOT, or the graph of the whole policy as JSON. If the output is a"
        " folder, all procedures are exported, each to its own file. BPMN holds the procedures that are called, too."
    ),
    "help.export.procedure": "the procedure; without it, the entry",
    "help.export.--output": "a .mmd, .bpmn, .dot or .json file; a folder; or `-`, standard output",
    "help.export.--format": "the format, where the file's name does not tell",
    "help.export.--dialect": "the language of the conditions in BPMN: feel (most engines) or python (SpiffWorkflow)",
    "help.export.--json": "tell in JSON which files were written",
    "help.export.examples": (
        "praxe export policy/rc rc_triagem -o triage.mmd\npraxe export policy/rc --format json -o -\n"
        "praxe export policy/promad --format mermaid -o charts/"
    ),
}
