"""Small policies drawn at random as texts, from a seed: every form of the language, rules and assumptions too.

In: a seed. Out: the texts of a policy, whose facts have so few answers that every case can be tried, or, for z3, any.
Plain Python instead of Hypothesis: ten thousand of them in minutes, and the seed alone says which one differs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.passes import check_policy_texts

MOST_CASES: Final = 200  # of a policy all of whose cases are tried
ITEMS: Final = ("pao", "leite")
COLORS: Final = ("azul", "verde", "roxo")
OUTCOMES: Final = ("aceito", "negado")
ACTIONS: Final = ("ligar", "avisar", "levar", "cobrar")
DAYS: Final = ("2026-01-29", "2026-01-30", "2026-01-31", "2026-02-01", "2026-02-02")
_ACTIONS: Final = """\
actions:
  ligar: {label: Ligar}
  avisar: {label: Avisar}
  levar: {label: Levar, text: "Levar {cor}", params: {cor: {type: text, label: Cor}}}
  cobrar: {label: Cobrar, conflicts: [ligar]}
outcomes: {aceito: {label: A}, negado: {label: N}}
"""
_FACTS: Final[Mapping[str, tuple[int, str]]] = {  # how many answers, and the fact
    "x": (2, "type: yes_no"),
    "y": (2, "type: yes_no"),
    "z": (2, "type: yes_no"),
    "contato": (3, "type: yes_no"),
    "resposta": (2, "type: yes_no"),
    "cor": (3, "type: one_of, values: {azul: A, verde: V, roxo: R}"),
    "itens": (4, "type: set_of, values: {pao: P, leite: L}"),
    "n": (5, "type: integer, min: 0, max: 4"),
    "m": (4, "type: integer, min: 0, max: 3"),
    "v": (9, "type: decimal, min: 0, max: 2"),
    "ini": (5, "type: date"),
    "ter": (5, "type: date"),
}
_COMPARISONS: Final = (">", ">=", "<", "<=", "=")


class Drawn:
    """One policy as it is drawn."""

    def __init__(self, seed: int, *, most_cases: int = MOST_CASES, is_wide: bool = False) -> None:
        """Draw the words of a policy.

        Args:
            is_wide: numbers and dates may have any answer (then nobody can try them all).
        """
        self.chance = random.Random(seed)
        self.is_wide = is_wide
        self.facts = self._facts(most_cases)
        self.derived: list[str] = []  # yes or no
        self.numbers: list[str] = [each for each in ("n", "m", "v") if each in self.facts]
        self.days = [each for each in ("ini", "ter") if each in self.facts]
        self.depth = self.chance.choice((1, 2, 2, 3))

    def texts(self) -> Mapping[str, str]:
        """Return the policy's files."""
        definitions = self._definitions()
        names = ["inicio", "meio", "fecho"][: self.chance.choice((1, 2, 3))]
        procedures = [self._procedure(name, names[place + 1 :]) for place, name in enumerate(names)]
        rules = [self.rule() for _ in range(self.chance.choice((0, 1, 2, 3)))]
        doors = f"doors: [{names[1]}]\n" if len(names) > 1 and self.chance.random() < 0.2 else ""
        return {
            "policy.yaml": 'name: p\ntitle: P\nversion: "1"\nlanguage: pt\nentry: inicio\n' + doors,
            "vocabulary.yaml": self._vocabulary(),
            "p.praxe": "\n".join([*procedures, *definitions, *rules]),
        }

    def checked(self) -> CheckedPolicy | None:
        """Return the policy, or None where the checker refuses what was drawn."""
        policy, _ = check_policy_texts("p", self.texts())
        return policy

    # --- words ---------------------------------------------------------------------------------------------------

    def _facts(self, most_cases: int) -> list[str]:
        names = list(_FACTS)
        if self.chance.random() < (0.3 if self.is_wide else 0.7):  # dates and decimals are hard on everything else
            names = [name for name in names if name not in {"v", "ini", "ter"}]
        self.chance.shuffle(names)
        chosen, cases = [], 1
        for name in names:
            if self.is_wide or cases * _FACTS[name][0] <= most_cases:
                chosen.append(name)
                cases *= _FACTS[name][0]
        return [name for name in _FACTS if name in chosen]

    def _vocabulary(self) -> str:
        lines = ["facts:"]
        for name in self.facts:
            kind = _FACTS[name][1]
            if self.is_wide and name in {"m", "v"}:
                kind = kind.partition(",")[0]
            lines.append(f"  {name}: {{{kind}, label: F, question: F?}}")
        assumed = self._assumptions()
        return "\n".join([*lines, _ACTIONS]) + ("assumptions:\n" + "".join(assumed) if assumed else "")

    def _assumptions(self) -> list[str]:
        """Return assumptions: often none, sometimes such as contradict each other."""
        days = () if self.is_wide else self.days
        found = [f"  - then: {day} >= {DAYS[0]} e {day} <= {DAYS[-1]}\n" for day in days]
        derived, self.derived = self.derived, []  # mostly of given facts
        for _ in range(self.chance.choice((0, 0, 0, 1, 1, 2, 3))):
            if self.chance.random() < 0.2:
                self.derived = derived
            when = f"when: {self.condition()}\n    " if self.chance.random() < 0.8 else ""
            found.append(f"  - {when}then: {self.condition()}\n")
        self.derived = derived
        return found

    # --- conditions ----------------------------------------------------------------------------------------------

    def condition(self, depth: int = 2) -> str:
        """Return a condition."""
        if depth and self.chance.random() < 0.35:
            word = self.chance.choice((" e ", " ou "))
            parts = [self._part(depth - 1) for _ in range(self.chance.choice((2, 2, 3)))]
            return word.join(parts)
        if depth and self.chance.random() < 0.12:
            return f"não {self._part(depth - 1)}"
        return self._atom()

    def _part(self, depth: int) -> str:
        text = self.condition(depth)
        return f"({text})" if any(word in text for word in (" e ", " ou ", "não ")) else text

    def _atom(self) -> str:
        kinds: list[Callable[[], str | None]] = [self._plain, self._plain, self._value, self._member]
        kinds += [self._number] * (2 if self.numbers else 0) + [self._day] * (2 if self.days else 0)
        while True:
            found = self.chance.choice(kinds)()
            if found is not None:
                return found

    def _plain(self) -> str | None:
        names = [each for each in ("x", "y", "z", "contato", "resposta") if each in self.facts] + self.derived
        return self.chance.choice(names) if names else None

    def _value(self) -> str | None:
        if "cor" not in self.facts:
            return None
        color, other = self.chance.sample(COLORS, 2)
        return self.chance.choice((f"cor é {color}", f"cor não é {color}", f"cor em {{{color}, {other}}}"))

    def _member(self) -> str | None:
        return f"itens contém {self.chance.choice(ITEMS)}" if "itens" in self.facts else None

    def _number(self) -> str:
        name, sign = self.chance.choice(self.numbers), self.chance.choice(_COMPARISONS)
        at = self._constant(name)
        others = [each for each in self.numbers if each != name]
        if others and self.chance.random() < 0.3:
            other = self.chance.choice(others)
            shift = self.chance.choice(("", "", " + 1", " - 1"))
            return self.chance.choice((f"{name} {sign} {other}{shift}", f"{name} + {other} {sign} {at}"))
        if self.chance.random() < 0.15:
            low, high = sorted((at, self._constant(name)))
            return f"{name} entre {low} e {high}"
        return f"{name} {sign} {at}"

    def _constant(self, name: str) -> str:
        if name == "v":
            return self.chance.choice(("0.5", "1", "1.5"))
        return str(self.chance.randint(0, 9 if self.is_wide and name == "m" else 3))

    def _day(self) -> str:
        day, sign = self.chance.choice(self.days), self.chance.choice(_COMPARISONS)
        other = self.chance.choice([*self.days, *DAYS])
        match self.chance.randrange(4 if other != day else 1):
            case 0:
                return f"{day} {sign} {self.chance.choice(DAYS)}"
            case 1:
                return f"{day} {sign} {other}"
            case 2:
                return f"dias entre {day} e {other} {sign} {self.chance.randint(0, 3)}"
            case _ if self.is_wide or other in DAYS:
                return f"{day} + {self.chance.randint(1, 3)} dias {sign} {other}"
            case _:
                return f"dias úteis entre {day} e {other} {sign} {self.chance.randint(0, 2)}"

    # --- derived facts -------------------------------------------------------------------------------------------

    def _definitions(self) -> list[str]:
        found = []
        for name in self.chance.sample(("d", "f", "t", "q"), self.chance.choice((0, 1, 2, 3))):
            made = self._defined(name)
            if made:
                found.append(made)
                if name == "q":
                    self.numbers = [*self.numbers, "q"]
                else:
                    self.derived += [name] * (2 if name == "t" else 1)
        return found

    def _defined(self, name: str) -> str | None:
        match name:
            case "d":
                return f"defina d: {self.condition()}\n"
            case "f":
                lines = "".join(f"  quando {self.condition(1)}: {self.condition(1)}\n" for _ in range(2))
                return f"defina f:\n{lines}  senão: {self.chance.choice(('sim', 'não', self.condition(1)))}\n"
            case "q":
                numbers = [*(each for each in self.numbers if each in {"n", "m"}), "2", "3"]
                values = [self.chance.choice(numbers) for _ in range(2)]
                return f"defina q:\n  quando {self.condition(1)}: {values[0]}\n  senão: {values[1]}\n"
            case _ if "cor" in self.facts:
                return self._table()
            case _:
                return None

    def _table(self) -> str:
        """Return a table of which the checker knows that it is whole."""
        other = next((each for each in ("x", "n", "y", "m") if each in self.facts), None)
        if other is None:
            return "tabela t:\n  | cor  | t |\n  | azul | sim |\n  | verde, roxo | não |\n"
        cells = ("sim", "não") if other in {"x", "y"} else ("0 a 1", "2+")
        rows = [(self.chance.choice((*COLORS, "azul, roxo", "-")), self.chance.choice((*cells, "-"))) for _ in range(3)]
        first = [f"  | {color} | {cell} | {self.chance.choice(('sim', 'não'))} |" for color, cell in rows]
        return "\n".join([f"tabela t primeira:\n  | cor | {other} | t |", *first, "  | - | - | não |", ""])

    # --- procedures ----------------------------------------------------------------------------------------------

    def _procedure(self, name: str, callees: Sequence[str]) -> str:
        lines = self._block(self.depth if name == "inicio" else min(self.depth, 2), callees)
        if name == "inicio" and not _ends(lines):
            lines.append(self._end())
        return "\n".join([f"procedimento {name}:", *(f"  {line}" for line in lines), ""])

    def _end(self) -> str:
        return self.chance.choice((*(f"fim {each}" for each in OUTCOMES), 'lacuna "cala"'))

    def _block(self, depth: int, callees: Sequence[str]) -> list[str]:
        lines: list[str] = []
        for _ in range(self.chance.choice((1, 2, 3)) if depth else 1):
            lines += self._statement(depth, callees)
            if _ends(lines):
                return lines
        if depth < self.depth and self.chance.random() < 0.25:
            lines = [line for line in lines if line != "nada"]
            lines.append(self._end())
        return lines

    def _statement(self, depth: int, callees: Sequence[str]) -> list[str]:
        kinds = [self._step, self._step]
        if depth:
            kinds = [self._step, self._if, self._if, self._case, self._ask]
            kinds += (
                [self._rule, self._retry, self._wait, self._each] if depth > 1 or self.chance.random() < 0.3 else []
            )
        if callees and self.chance.random() < 0.3:
            return [f"siga {self.chance.choice(callees)}"]
        return self.chance.choice(kinds)(depth, callees)

    def _step(self, depth: int, callees: Sequence[str]) -> list[str]:
        return [
            self.chance.choice(
                ("faça ligar", "faça avisar", "faça cobrar", "faça avisar no mesmo dia", 'faça levar("a")')
                + ('faça levar("b")', 'faça "Anotar"', 'diga "oi"')
                + (("nada",) if not depth else ())
            )
        ]

    def _ask(self, depth: int, callees: Sequence[str]) -> list[str]:
        asked = [each for each in self.facts if each != "contato"]
        return [f"pergunte {self.chance.choice(asked)}"] if asked else ["faça ligar"]

    def _if(self, depth: int, callees: Sequence[str]) -> list[str]:
        lines = [f"se {self.condition()}:", *self._inner(depth, callees)]
        if self.chance.random() < 0.25:
            lines += [f"senão se {self.condition()}:", *self._inner(depth, callees)]
        return lines + self._maybe_else(depth, callees)

    def _case(self, depth: int, callees: Sequence[str]) -> list[str]:
        if "cor" in self.facts and self.chance.random() < 0.6:
            color = self.chance.choice(COLORS)
            lines = ["caso cor:", f"  {color}:", *_deeper(self._inner(depth, callees))]
            return [*lines, "  senão:", *_deeper(self._inner(depth, callees))]
        numbers = [each for each in self.numbers if each in {"n", "q"}]
        if not numbers:
            return self._if(depth, callees)
        at = self.chance.randint(0, 3)
        lines = [f"caso {self.chance.choice(numbers)}:", f"  0 a {at}:", *_deeper(self._inner(depth, callees))]
        rest = "  senão:" if "caso q:" in lines else self.chance.choice((f"  {at + 1}+:", "  senão:"))
        return [*lines, rest, *_deeper(self._inner(depth, callees))]

    def _rule(self, depth: int, callees: Sequence[str]) -> list[str]:
        exception = [f"salvo se {self.condition()}:", *self._inner(depth, callees)]
        return ["regra:", *self._inner(depth, callees), *exception]

    def _retry(self, depth: int, callees: Sequence[str]) -> list[str]:
        if "contato" not in self.facts:
            return self._if(depth, callees)
        call = self.chance.choice(("ligar", "cobrar", 'levar("a")'))
        lines = [f"tente até {self.chance.choice((2, 2, 1))} vezes {call} até contato:"]
        return lines + self._inner(depth, callees) + self._maybe_else(depth, callees)

    def _wait(self, depth: int, callees: Sequence[str]) -> list[str]:
        names = [each for each in ("resposta", "resposta", "x") if each in self.facts]
        if not names:
            return self._if(depth, callees)
        lines = [f"aguarde {self.chance.choice(names)} em até 3 dias:", *self._inner(depth, callees)]
        if self.chance.random() < 0.3:
            duties = ("ligar", "cobrar", "avisar")
            lines += ["enquanto isso:", *(f"  faça {each}" for each in self.chance.sample(duties, 2))]
        return lines + self._maybe_else(depth, callees)

    def _each(self, depth: int, callees: Sequence[str]) -> list[str]:
        if "itens" not in self.facts:
            return self._if(depth, callees)
        return ["para cada item em itens:", *self._inner(depth, callees)]

    def _inner(self, depth: int, callees: Sequence[str]) -> list[str]:
        return _deeper(self._block(depth - 1, callees) or ["nada"])

    def _maybe_else(self, depth: int, callees: Sequence[str]) -> list[str]:
        return ["senão:", *self._inner(depth, callees)] if self.chance.random() < 0.5 else []

    # --- rules ---------------------------------------------------------------------------------------------------

    def rule(self) -> str:
        """Return a rule: `nunca` or `sempre`, with or without an order and a condition."""
        action = self.chance.choice(ACTIONS)
        target = self.chance.choice((*OUTCOMES, *(f"fim {each}" for each in OUTCOMES), *ACTIONS))
        when = f" quando {self._ruled()}" if self.chance.random() < 0.75 else ""
        match self.chance.randrange(3):
            case 0:
                return f"nunca {target}{when}\n"
            case 1:
                return f"sempre {action} antes de {target}{when if self.chance.random() < 0.5 else ''}\n"
            case _:
                return f"sempre {action}{when}\n"

    def _ruled(self) -> str:
        condition = self.condition(1)
        if self.chance.random() < 0.6:
            return condition
        outcome = f"desfecho é {self.chance.choice(OUTCOMES)}"
        if self.chance.random() < 0.2:
            outcome = f"não ({outcome})"
        if self.chance.random() < 0.4:
            return outcome
        return f"{outcome} {self.chance.choice(('e', 'ou'))} ({condition})"


def _deeper(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _ends(lines: Sequence[str]) -> bool:
    return bool(lines) and lines[-1].startswith(("fim ", "lacuna "))
