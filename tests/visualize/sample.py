"""A real procedure as a graph: cancelling by e-mail, with its three situations (about 50 nodes)."""

from __future__ import annotations

from functools import cache

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName, Promptness
from praxe.dsl.vocabulary import Color, FactType
from praxe.engine.graph import BranchKind, DecisionGraph, NodeId, StepDeadline
from praxe.visualize import CasePath
from tests.visualize.building import Builder, action, business_days, fact, outcome, policy, ref

EMAIL = ProcedureName("cancelamento_email")
NOW = StepDeadline(promptness=Promptness.IMMEDIATELY)

_FACTS = (
    fact(
        "quem_envia",
        "Quem enviou o e-mail ou formulário?",
        values={
            "titular": "titular (CPF) ou único sócio do CNPJ",
            "socio": "um dos sócios-administradores (CNPJ)",
            "terceiro": "terceiro",
        },
    ),
    fact("atendeu", "O cliente atendeu?"),
    fact("retornou", "O cliente retornou?", label="Retorno do cliente"),
    fact("desistiu", "O cliente desistiu de cancelar?"),
    fact("dados_confirmados", "Os dados foram confirmados, ou o pedido veio do e-mail de cadastro indicado na ficha?"),
    fact("boleto_aberto", "Há boleto em aberto?"),
    fact("emails_no_cp", "Os e-mails dos outros sócios estão no CP?"),
    fact("diz_ser_titular", "O terceiro responde que é um dos titulares?"),
    fact("falou_com_titular", "Foi possível falar com o titular?"),
    fact(
        "fim_da_utilizacao",
        "Quando termina o período de utilização?",
        label="o fim do período de utilização",
        kind=FactType.DATE,
    ),
)
_ACTIONS = (action("ligar_cliente", "Ligar para o cliente"),)
_OUTCOMES = (
    outcome("cancelado", "Cancelado", Color.RED),
    outcome("cancelado_sem_retorno", "Cancelado por falta de retorno", Color.RED),
    outcome("revertido", "Revertido", Color.GREEN),
    outcome("encerrado", "Encerrado sem cancelar", Color.GRAY),
    outcome("por_telefone", "Segue por telefone", Color.BLUE),
)
_OTHERS = {
    "retencao": "Argumentar e reter: motivo, suporte, treinamento",
    "confirmacao": "Confirmação de dados e cancelamento do contrato",
    "telefone": "Cancelamento via telefone",
}


def _holder(draw: Builder) -> NodeId:
    """Situation 1: the holder writes."""
    first = draw.step("s1_registrar", "Registrar na ficha", due=NOW)
    progress = draw.step("s1_andamento", "Deixar o negócio “Em andamento”")
    call = draw.retry("s1_ligar", "ligar_cliente", "atendeu")
    verify = draw.step("s1_confirmar", "Confirmar se é realmente o titular")
    keep = draw.call("s1_reter", "retencao")
    stays = draw.decide("s1_desistiu", ref("desistiu"))
    park = draw.step("s1_aguardando", "Deixar o ticket “Aguardando retorno do cliente”")
    write = draw.step("s1_escrever", "Enviar e-mail e mensagem por WhatsApp")
    wait = draw.wait("s1_espera", "retornou", business_days(4))
    known = draw.decide("s1_dados", ref("dados_confirmados"))
    cancel = draw.call("s1_cancelar", "confirmacao")
    confirm = draw.step("s1_email", "Enviar e-mail de confirmação de cancelamento")
    close = draw.step("s1_card", "Resolver o card")
    cancelled, kept = draw.end("s1_fim", "cancelado"), draw.end("s1_revertido", "revertido")
    silent = draw.gap("s1_lacuna", "O procedimento não diz o que fazer quando os dados não foram confirmados")
    draw.chain(first, progress, call)
    draw.go(call, verify, BranchKind.SUCCEEDED)
    draw.go(call, park, BranchKind.EXHAUSTED)
    draw.chain(verify, keep, stays)
    draw.fork(stays, kept, cancel)
    draw.chain(park, write, wait)
    draw.go(wait, verify, BranchKind.CAME)
    draw.go(wait, known, BranchKind.PASSED)
    draw.fork(known, cancel, silent)
    draw.chain(cancel, confirm, close, cancelled)
    return first


def _partner(draw: Builder) -> NodeId:
    """Situation 2: one of several managing partners writes."""
    first = draw.step("s2_registrar", "Registrar na ficha", due=NOW)
    progress = draw.step("s2_andamento", "Deixar o negócio “Em andamento”")
    call = draw.retry("s2_ligar", "ligar_cliente", "atendeu")
    verify = draw.step("s2_confirmar", "Confirmar se é realmente sócio-administrador")
    keep = draw.call("s2_reter", "retencao")
    stays = draw.decide("s2_desistiu", ref("desistiu"))
    kept = draw.end("s2_revertido", "revertido")
    inform = draw.step("s2_informar", "Informar que os demais sócios receberão confirmação por e-mail")
    known = draw.decide("s2_emails", ref("emails_no_cp"))
    request = draw.step("s2_pedir", "Pedir os e-mails ao solicitante")
    cancel = draw.call("s2_cancelar", "confirmacao")
    confirm = draw.step("s2_email", "Enviar e-mail de confirmação a todos os sócios")
    cancelled = draw.end("s2_fim", "cancelado")
    draw.chain(first, progress, call)
    draw.go(call, verify, BranchKind.SUCCEEDED)
    draw.chain(verify, keep, stays)
    draw.fork(stays, kept, inform)
    draw.chain(inform, known)
    draw.fork(known, cancel, request)
    draw.chain(request, cancel, confirm, cancelled)
    draw.go(call, _partner_silent(draw, verify), BranchKind.EXHAUSTED)
    return first


def _partner_silent(draw: Builder, verify: NodeId) -> NodeId:
    """Situation 2, while nobody answers."""
    park = draw.step("s2_aguardando", "Deixar o ticket “Aguardando retorno do cliente”")
    write = draw.step("s2_escrever", "Enviar e-mail perguntando os motivos e mensagem no WhatsApp")
    wait = draw.wait("s2_espera", "retornou", business_days(2))
    unpaid = draw.decide("s2_boleto", ref("boleto_aberto"))
    void = draw.step("s2_cancelar_boleto", "Cancelar o boleto")
    lock = draw.step("s2_inativar", "Inativar os usuários, para forçar o contato")
    insist = (draw.loose_step("s2_insistir", "Insistir por e-mail e WhatsApp"),)
    wait_unpaid = draw.wait("s2_espera_boleto", "retornou", business_days(4), insist)
    reset = draw.step("s2_zerar", "Zerar o contrato")
    schedule = draw.step("s2_agendar", "Agendar o cancelamento para o fim do período de utilização")
    insist_paid = (draw.loose_step("s2_insistir_pago", "Insistir por e-mail e WhatsApp"),)
    wait_paid = draw.wait("s2_espera_pago", "retornou", ref("fim_da_utilizacao"), insist_paid)
    cancel = draw.step("s2_cancelar_contrato", "Cancelar o contrato")
    last = draw.step("s2_ultimo", "Enviar último e-mail confirmando, com todos os sócios em cópia")
    ended = draw.end("s2_sem_retorno", "cancelado_sem_retorno")
    draw.chain(park, write, wait)
    draw.go(wait, verify, BranchKind.CAME)
    draw.go(wait, unpaid, BranchKind.PASSED)
    draw.fork(unpaid, void, reset)
    draw.chain(void, lock, wait_unpaid)
    draw.chain(reset, schedule, wait_paid)
    for each in (wait_unpaid, wait_paid):
        draw.go(each, verify, BranchKind.CAME)
        draw.go(each, cancel, BranchKind.PASSED)
    draw.chain(cancel, last, ended)
    return park


def _third_party(draw: Builder) -> NodeId:
    """Situation 3: somebody else writes."""
    answer = draw.step(
        "s3_responder",
        "Responder que só o titular ou um sócio-administrador pode pedir, por telefone (de preferência) ou chat",
    )
    claims = draw.decide("s3_diz_titular", ref("diz_ser_titular"))
    insist = draw.step("s3_reforcar", "Reforçar que o pedido deve ser feito por telefone, pelo próprio titular")
    reached = draw.decide("s3_falou", ref("falou_com_titular"))
    phone = draw.call("s3_telefone", "telefone")
    template = draw.step("s3_modelo", "Enviar ao titular o modelo “Solicitação de cancelamento feita por terceiro”")
    register = draw.step("s3_registrar", "Registrar TUDO na ficha")
    close = draw.step("s3_card", "Resolver o card")
    ended, moved = draw.end("s3_fim", "encerrado"), draw.end("s3_por_telefone", "por_telefone")
    draw.chain(answer, claims)
    draw.fork(claims, insist, reached)
    draw.chain(insist, reached)
    draw.fork(reached, phone, template)
    draw.chain(phone, moved)
    draw.chain(template, register, close, ended)
    return answer


@cache
def email() -> tuple[CheckedPolicy, DecisionGraph]:
    """Return the policy and the graph of the e-mail channel."""
    draw = Builder(EMAIL, "Cancelamento via negócio (e-mail)")
    start = draw.start()
    who = draw.decide("quem", ref("quem_envia"))
    draw.chain(start, who)
    draw.either(who, titular=_holder(draw), socio=_partner(draw), terceiro=_third_party(draw))
    return policy(
        (draw,), facts=_FACTS, actions=_ACTIONS, outcomes=_OUTCOMES, others=_OTHERS, title="PROMAD · Cancelamentos"
    )


def email_case() -> CasePath:
    """Return a case that went through situation 2, unanswered, with an unpaid invoice."""
    steps = (
        ("start", "next"),
        ("quem", "socio"),
        ("s2_registrar", "next"),
        ("s2_andamento", "next"),
        ("s2_ligar", "exhausted"),
        ("s2_aguardando", "next"),
        ("s2_escrever", "next"),
        ("s2_espera", "passed"),
        ("s2_boleto", "yes"),
        ("s2_cancelar_boleto", "next"),
        ("s2_inativar", "next"),
        ("s2_espera_boleto", "passed"),
        ("s2_cancelar_contrato", "next"),
        ("s2_ultimo", "next"),
        ("s2_sem_retorno", None),
    )
    visited = tuple((NodeId(f"{EMAIL}/{key}-0a1b2c"), branch) for key, branch in steps)
    return CasePath(visited=visited, stopped_at=visited[-1][0])
