"""A procedure that has one of everything, and cases that stop at each kind of place."""

from __future__ import annotations

import datetime
from functools import cache

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import (
    And,
    Between,
    ClauseId,
    Compare,
    Comparison,
    Contains,
    FactName,
    Or,
    ProcedureName,
    Promptness,
    RangePattern,
)
from praxe.dsl.vocabulary import Clause, Color, Fact, FactType, Value
from praxe.engine.graph import BranchKind, DecisionGraph, NodeId, StepDeadline
from praxe.visualize import CasePath, StopKind
from tests.visualize.building import (
    SPAN,
    Builder,
    action,
    business_days,
    fact,
    literal,
    outcome,
    policy,
    ref,
    value,
    words,
)

GALLERY = ProcedureName("cobranca")
HERE = StepDeadline(promptness=Promptness.SAME_DAY)
SOON = StepDeadline(promptness=Promptness.WITHIN, duration=business_days(4))
NOW = StepDeadline(promptness=Promptness.IMMEDIATELY)

_SERVICES = tuple(
    Value(name=name, label=words(label), span=SPAN)
    for name, label in (("dominio", "Domínio"), ("email", "E-mail"), ("site", "Site"))
)
_FACTS = (
    fact(
        "cliente_da_abertura",
        "O cliente deixa você investigar?",
        label="Cliente dá abertura",
        english="Does the customer let you look into it?",
    ),
    fact(
        "dias_atraso",
        "Há quantos dias o boleto venceu?",
        label="Dias de atraso do boleto",
        kind=FactType.INTEGER,
        unit="dias",
    ),
    fact(
        "motivo",
        "Qual é o motivo do pedido?",
        label="Motivo",
        values={"preco": "preço", "fechou": "encerrou a empresa", "outro": "outro"},
    ),
    fact("pagou", "O cliente pagou?", label="Pagamento"),
    fact("atendeu", "O cliente atendeu?"),
    fact("protocolo", "Qual é o protocolo?", label="Protocolo", kind=FactType.TEXT),
    fact("vencimento", "Quando vence o contrato?", label="Vencimento do contrato", kind=FactType.DATE),
    Fact(
        name=FactName("servicos"),
        type=FactType.SET_OF,
        label=words("Serviços cancelados"),
        question=words("Quais serviços?"),
        values=_SERVICES,
        span=SPAN,
    ),
)
_ACTIONS = (
    action(
        "enviar_para_fila",
        "Enviar o Caso para a fila",
        text="Enviar o Caso para a fila {fila}",
        actor="Atendente N1",
        params=("fila",),
    ),
    action("ligar_cliente", "Ligar para o cliente"),
    action("registrar", "Registrar a movimentação", params=("protocolo",)),
)
_OUTCOMES = (
    outcome("cancelado", "Cancelado", Color.RED),
    outcome("retido", "Cliente retido", Color.GREEN),
    outcome("acordo", "Acordo em andamento", Color.AMBER),
    outcome("juridico", "Encaminhado ao jurídico", Color.PURPLE),
)
_CLAUSES = (
    Clause(
        name=ClauseId("doc.s1"),
        document="doc",
        section="Boletos",
        locator="parágrafo 6",
        kind="obligation",
        paraphrase=words("Registrar."),
        span=SPAN,
    ),
)


@cache
def gallery() -> tuple[CheckedPolicy, DecisionGraph]:
    """Return a policy with one of every kind of node and of condition."""
    draw = Builder(GALLERY, "Cobrança de boletos em aberto")
    start = draw.start()
    asked = draw.ask("protocolo", "protocolo")
    say = draw.step(
        "dizer", "Bom dia! Em que posso ajudar?", says=True, notes=("Fale com calma e não interrompa o cliente.",)
    )
    queue = draw.step(
        "fila", action="enviar_para_fila", arguments={"fila": literal("FOOD - ADMINISTRATIVO/FINANCEIRO")}, due=NOW
    )
    record = draw.step(
        "registrar", action="registrar", arguments={"protocolo": ref("protocolo")}, due=SOON, clauses=("doc.s1",)
    )
    why = draw.decide("motivo", ref("motivo"))
    late = draw.decide("atraso", ref("dias_atraso"), notes=("Conte da data de vencimento, não da emissão.",))
    open_case = draw.decide("abertura", ref("cliente_da_abertura"))
    both = draw.decide("ambos", And(operands=(_late(15), _no(open_case)), span=SPAN))
    any_of = draw.decide("algum", Or(operands=(_before(), _between()), span=SPAN))
    has_domain = draw.decide("dominio", Contains(collection=ref("servicos"), member=value("dominio"), span=SPAN))
    call = draw.retry("ligar", "ligar_cliente", "atendeu")
    duties = (
        draw.loose_step("insistir", "Insistir por e-mail e WhatsApp", due=HERE),
        draw.loose_step("avisar", "Avisar o líder do time de atendimento quando faltar um dia"),
    )
    wait = draw.wait("esperar", "pagou", business_days(4), duties)
    sub = draw.call("dominios", "dominios")
    kept, gone, deal = (
        draw.end("fim_retido", "retido"),
        draw.end("fim_cancelado", "cancelado"),
        draw.end("fim_acordo", "acordo"),
    )
    legal = draw.end("fim_juridico", "juridico")
    silent = draw.gap("lacuna", "O texto não diz o que fazer quando o boleto venceu há mais de um ano")
    back = draw.back()
    draw.chain(start, asked, say, queue, record, why)
    draw.either(why, preco=late, fechou=has_domain)
    draw.go(why, open_case, BranchKind.OTHERWISE)
    low = RangePattern(low=0, high=15, span=SPAN)
    middle, high = RangePattern(low=16, high=365, span=SPAN), RangePattern(low=366, high=None, span=SPAN)
    draw.go(late, call, BranchKind.VALUE, "0..15", (low,))
    draw.go(late, both, BranchKind.VALUE, "16..365", (middle,))
    draw.go(late, silent, BranchKind.VALUE, "366+", (high,))
    draw.fork(open_case, kept, any_of)
    draw.fork(both, legal, call)
    draw.fork(any_of, back, gone)
    draw.fork(has_domain, sub, back)
    draw.chain(sub, back)
    draw.go(call, wait, BranchKind.SUCCEEDED)
    draw.go(call, legal, BranchKind.EXHAUSTED)
    draw.go(wait, deal, BranchKind.CAME)
    draw.go(wait, back, BranchKind.PASSED)
    inner = Builder("dominios", "Domínios")
    inner.chain(inner.start(), inner.call("volta", GALLERY), inner.back())
    return policy(
        (draw, inner),
        facts=_FACTS,
        actions=_ACTIONS,
        outcomes=_OUTCOMES,
        clauses=_CLAUSES,
        title="Cobrança",
        translations={
            "en": {
                "Cobrança de boletos em aberto": "Unpaid invoices",
                "Bom dia! Em que posso ajudar?": "Good morning! How can I help?",
            }
        },
    )


def _late(days: int) -> Compare:
    return Compare(operator=Comparison.GREATER, left=ref("dias_atraso"), right=literal(days), span=SPAN)


def _no(_: NodeId) -> Compare:
    return Compare(operator=Comparison.IS, left=ref("cliente_da_abertura"), right=literal(False), span=SPAN)


def _before() -> Compare:
    return Compare(
        operator=Comparison.LESS, left=ref("vencimento"), right=literal(datetime.date(2026, 11, 22)), span=SPAN
    )


def _between() -> Between:
    return Between(subject=ref("dias_atraso"), low=literal(5), high=literal(10), span=SPAN)


def case(
    *visited: tuple[str, str | None], stop: StopKind = StopKind.FINISHED, until: datetime.date | None = None
) -> CasePath:
    """Return the case that went through the nodes with these keys, and stopped at the last."""
    found = tuple((NodeId(f"{GALLERY}/{key}-0a1b2c"), branch) for key, branch in visited)
    return CasePath(visited=found, stopped_at=found[-1][0], stop=stop, until=until)


_BEGINNING = (("start", "next"), ("protocolo", "next"), ("dizer", "next"), ("fila", "next"), ("registrar", "next"))


def waiting_case() -> CasePath:
    """Return a case that waits for a payment."""
    return case(
        *_BEGINNING,
        ("motivo", "preco"),
        ("atraso", "0..15"),
        ("ligar", "succeeded"),
        ("esperar", None),
        stop=StopKind.WAITS,
        until=datetime.date(2026, 11, 26),
    )


def asking_case() -> CasePath:
    """Return a case that asks a question."""
    return case(*_BEGINNING, ("motivo", "otherwise"), ("abertura", None), stop=StopKind.ASKS)


def gap_case() -> CasePath:
    """Return a case that the text does not decide."""
    return case(*_BEGINNING, ("motivo", "preco"), ("atraso", "366+"), ("lacuna", None), stop=StopKind.GAP)
