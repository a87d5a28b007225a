"""Random procedures of every kind of node, the same for the same seed."""

from __future__ import annotations

from random import Random

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.dsl.vocabulary import Color
from praxe.engine.graph import BranchKind, DecisionGraph, NodeId
from tests.visualize.building import Builder, action, business_days, fact, outcome, policy, ref

STRESS = ProcedureName("sorteado")
_WORDS = (
    "cliente boleto enviar registrar o a de para ADMINISTRATIVO/FINANCEIRO imediatamente não é ficha CNPJ e "
    "ÀÉÎÕÜÇ prorrogação inconstitucionalissimamente https://exemplo.com.br/cancelamento/formulario?etapa=2 à "
    "R$1.250,00 contato@empresa-de-contabilidade.com.br WWWWWWWWWWWWWWWWWWWWWWWWWWWW illlllll 漢字".split()
)


def stress(seed: int, *, size: int = 24) -> tuple[CheckedPolicy, DecisionGraph]:
    """Return a random procedure of about `size` nodes."""
    random = Random(seed)
    facts = [fact(f"f{each}", _text(random, 3, 14) + "?") for each in range(4)]
    values = {f"v{each}": _text(random, 1, 4) for each in range(random.choice((2, 3, 4, 6, 11)))}
    facts.append(fact("opcoes", _text(random, 3, 10) + "?", values=values))
    actions = (action("agir", _text(random, 1, 9)),)
    outcomes = tuple(outcome(color.value, _text(random, 1, 4), color) for color in Color)
    draw = Builder(STRESS, _text(random, 2, 12))
    made = _Growth(random, draw, size)
    made.grow(tuple(values))
    return policy(
        (draw,), facts=tuple(facts), actions=actions, outcomes=outcomes, others={"outro": _text(random, 2, 8)}
    )


class _Growth:
    """Grows a graph: every open end gets a new node, or joins one that another end reached."""

    def __init__(self, random: Random, draw: Builder, size: int) -> None:
        self.random, self.draw, self.size = random, draw, size
        self.made = 0

    def grow(self, values: tuple[str, ...]) -> None:
        start = self.draw.start()
        open_ends: list[tuple[NodeId, BranchKind, str | None]] = [(start, BranchKind.NEXT, None)]
        while open_ends:
            first = open_ends.pop(self.random.randrange(len(open_ends)))
            joined = [first]
            while open_ends and self.random.random() < 0.25:  # several ends meet in one node
                joined.append(open_ends.pop(self.random.randrange(len(open_ends))))
            node, ends = self._node(values)
            for source, kind, key in joined:
                self.draw.go(source, node, kind, key)
            open_ends += [(node, kind, key) for kind, key in ends]

    def _node(self, values: tuple[str, ...]) -> tuple[NodeId, list[tuple[BranchKind, str | None]]]:
        self.made += 1
        draw, random, key = self.draw, self.random, f"k{self.made}"
        kind = random.choice(("step", "step", "step", "if", "if", "case", "call", "retry", "wait", "ask"))
        if self.made > self.size:
            kind = random.choice(("end", "gap", "return"))
        test = ref(f"f{random.randrange(4)}")
        match kind:
            case "step":
                notes = (_text(random, 2, 12),) if random.random() < 0.3 else ()
                return draw.step(key, _text(random, 1, 16), notes=notes), [(BranchKind.NEXT, None)]
            case "if":
                return draw.decide(key, test), [(BranchKind.YES, None), (BranchKind.NO, None)]
            case "case":
                return draw.decide(key, ref("opcoes")), [
                    (BranchKind.OTHERWISE, f"v{each}") for each in range(len(values))
                ]
            case "call":
                return draw.call(key, "outro"), [(BranchKind.NEXT, None)]
            case "retry":
                return draw.retry(key, "agir", test.name), [(BranchKind.SUCCEEDED, None), (BranchKind.EXHAUSTED, None)]
            case "wait":
                duties = (draw.loose_step(f"{key}d", _text(random, 1, 9)),)
                return draw.wait(key, test.name, business_days(4), duties), [
                    (BranchKind.CAME, None),
                    (BranchKind.PASSED, None),
                ]
            case "ask":
                return draw.ask(key, test.name), [(BranchKind.NEXT, None)]
            case "end":
                return draw.end(key, random.choice(tuple(Color)).value), []
            case "gap":
                return draw.gap(key, _text(random, 2, 14)), []
            case _:
                return draw.back(key), []


def _text(random: Random, least: int, most: int) -> str:
    return " ".join(random.choice(_WORDS) for _ in range(random.randint(least, most))).capitalize()
