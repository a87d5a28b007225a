"""The cancellation policy written by hand in Python, twice.

`usual` is how people write it: steps are appended to a list. `prebuilt` is as fast as it gets by hand: steps that
belong together are tuples made beforehand, and the answer is a tuple of those. Neither says why.
"""

# ruff: noqa: PLR1714, SIM102 - line by line as the policy's text has it, and comparing twice is faster than a set

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Answer = tuple[str, tuple[tuple[str, ...], ...]]


def usual(f: Mapping[str, Any]) -> tuple[str, list[str]]:  # noqa: C901, PLR0915 - one long procedure, as it comes
    """Return the outcome and the steps."""
    steps = ["registrar_contato"]
    if f["solicitante"] == "titular":
        if f["canal"] == "email":
            steps.append("confirmar_identidade")
    elif f["solicitante"] == "socio":
        steps.append("conferir_contrato_social")
    elif f["solicitante"] == "procurador":
        steps.append("pedir_procuracao")
        if f["canal"] == "chat" or f["canal"] == "telefone":
            return "aguardando_documentos", steps
    else:
        steps.append("recusar_com_cortesia")
        if f["canal"] == "email" or f["canal"] == "portal":
            steps.append("responder_por_escrito")
        steps.append("orientar_titular")
        return "recusado", steps
    if f["canal"] == "email" or f["canal"] == "portal":
        steps.append("responder_por_escrito")
    steps.append("abrir_protocolo")
    steps.append("ouvir_motivo")
    if f["motivo"] == "tecnico":
        steps.append("consultar_chamados")
        if f["chamados_abertos"] > 3:
            steps.append("escalar_ao_n2")
            if f["plano"] == "empresa":
                steps.append("priorizar_chamado")
                steps.append("agendar_visita")
            elif f["meses_de_casa"] < 6:
                steps.append("transferir_ao_suporte")
                return "transferido", steps
        elif f["chamados_abertos"] > 0:
            if f["plano"] != "basico":
                steps.append("priorizar_chamado")
    elif f["motivo"] == "preco":
        if f["meses_de_casa"] >= 12:
            steps.append("oferecer_desconto")
            if f["aceita_oferta"]:
                steps.append("registrar_aceite")
                steps.append("aplicar_desconto")
                return "retido_com_desconto", steps
            steps.append("registrar_recusa")
        elif f["plano"] != "basico":
            steps.append("oferecer_plano_menor")
            if f["aceita_oferta"]:
                steps.append("registrar_aceite")
                steps.append("trocar_plano")
                return "retido_com_plano_menor", steps
            steps.append("registrar_recusa")
    elif f["motivo"] == "mudanca":
        steps.append("oferecer_pausa")
        if f["aceita_oferta"]:
            steps.append("registrar_aceite")
            return "retido_com_pausa", steps
        steps.append("registrar_recusa")
    elif f["motivo"] == "outro":
        steps.append("pesquisar_satisfacao")
    steps.append("conferir_fidelidade")
    if f["tem_fidelidade"]:
        if f["motivo"] == "encerramento":
            steps.append("dispensar_multa")
        else:
            steps.append("calcular_multa")
            if f["plano"] == "empresa" or f["meses_de_casa"] < 12:
                steps.append("informar_multa")
            if not f["confirmou"]:
                steps.append("pedir_confirmacao")
                return "aguardando_confirmacao", steps
    steps.append("conferir_boletos")
    if f["dias_atraso"] > 0:
        if f["dias_atraso"] > 90:
            if f["valor_devido"] > 2000:
                steps.append("enviar_ao_juridico")
                return "no_juridico", steps
            steps.append("negociar_parcelas")
        elif f["dias_atraso"] > 15:
            steps.append("cobrar_vencido")
            if f["valor_devido"] > 500:
                steps.append("negociar_parcelas")
                if not f["confirmou"]:
                    return "em_cobranca", steps
        else:
            steps.append("emitir_boleto_final")
    elif f["valor_devido"] > 0:
        steps.append("emitir_boleto_final")
    else:
        steps.append("dar_baixa")
    if "email" in f["servicos"]:
        steps.append("exportar_emails")
    if "site" in f["servicos"]:
        steps.append("copiar_site")
    if "dominio" in f["servicos"]:
        steps.append("liberar_dominio")
        if f["meses_de_casa"] > 24:
            steps.append("avisar_prazo_dominio")
    steps.append("enviar_confirmacao")
    if f["plano"] == "empresa" and f["meses_de_casa"] >= 24:
        steps.append("pesquisar_satisfacao")
    if f["canal"] != "portal":
        steps.append("encerrar_acesso")
    steps.append("arquivar_protocolo")
    if f["motivo"] == "encerramento":
        return "cancelado_por_encerramento", steps
    if f["tem_fidelidade"] and not f["aceita_oferta"]:
        return "cancelado_com_multa", steps
    return "cancelado_sem_multa", steps


NONE: tuple[str, ...] = ()
OPENED = ("abrir_protocolo", "ouvir_motivo")
WRITTEN = ("responder_por_escrito", *OPENED)
FIRST = ("registrar_contato",)
OWNER = ("registrar_contato", "confirmar_identidade")
PARTNER = ("registrar_contato", "conferir_contrato_social")
PROXY = ("registrar_contato", "pedir_procuracao")
WAITING: Answer = ("aguardando_documentos", (PROXY,))
REFUSED: Answer = ("recusado", (("registrar_contato", "recusar_com_cortesia", "orientar_titular"),))
REFUSED_IN_WRITING: Answer = (
    "recusado",
    (("registrar_contato", "recusar_com_cortesia", "responder_por_escrito", "orientar_titular"),),
)
VISIT = ("consultar_chamados", "escalar_ao_n2", "priorizar_chamado", "agendar_visita")
MOVED = ("consultar_chamados", "escalar_ao_n2", "transferir_ao_suporte")
RAISED = ("consultar_chamados", "escalar_ao_n2")
HURRIED = ("consultar_chamados", "priorizar_chamado")
LOOKED = ("consultar_chamados",)
DISCOUNT = ("oferecer_desconto", "registrar_aceite", "aplicar_desconto")
NO_DISCOUNT = ("oferecer_desconto", "registrar_recusa")
SMALLER = ("oferecer_plano_menor", "registrar_aceite", "trocar_plano")
NOT_SMALLER = ("oferecer_plano_menor", "registrar_recusa")
PAUSE = ("oferecer_pausa", "registrar_aceite")
NO_PAUSE = ("oferecer_pausa", "registrar_recusa")
ASKED = ("pesquisar_satisfacao",)
FREE = ("conferir_fidelidade", "conferir_boletos")
WAIVED = ("conferir_fidelidade", "dispensar_multa", "conferir_boletos")
TOLD = ("conferir_fidelidade", "calcular_multa", "informar_multa", "conferir_boletos")
FINED = ("conferir_fidelidade", "calcular_multa", "conferir_boletos")
TOLD_UNSURE = ("conferir_fidelidade", "calcular_multa", "informar_multa", "pedir_confirmacao")
FINED_UNSURE = ("conferir_fidelidade", "calcular_multa", "pedir_confirmacao")
COURT = ("enviar_ao_juridico",)
PARTS = ("negociar_parcelas",)
CHARGED = ("cobrar_vencido",)
CHARGED_PARTS = ("cobrar_vencido", "negociar_parcelas")
LAST_BILL = ("emitir_boleto_final",)
SETTLED = ("dar_baixa",)
MAIL = ("exportar_emails",)
SITE = ("copiar_site",)
MAIL_SITE = ("exportar_emails", "copiar_site")
DOMAIN = ("liberar_dominio",)
DOMAIN_TERM = ("liberar_dominio", "avisar_prazo_dominio")
CLOSED = ("enviar_confirmacao", "encerrar_acesso", "arquivar_protocolo")
CLOSED_PORTAL = ("enviar_confirmacao", "arquivar_protocolo")
SURVEYED = ("enviar_confirmacao", "pesquisar_satisfacao", "encerrar_acesso", "arquivar_protocolo")
SURVEYED_PORTAL = ("enviar_confirmacao", "pesquisar_satisfacao", "arquivar_protocolo")


def prebuilt(f: Mapping[str, Any]) -> Answer:  # noqa: C901, PLR0915 - one long procedure, as it comes
    """Return the outcome and the steps, in parts made beforehand."""
    asker = f["solicitante"]
    channel = f["canal"]
    first = FIRST
    if asker == "titular":
        if channel == "email":
            first = OWNER
    elif asker == "socio":
        first = PARTNER
    elif asker == "procurador":
        first = PROXY
        if channel == "chat" or channel == "telefone":
            return WAITING
    elif channel == "email" or channel == "portal":
        return REFUSED_IN_WRITING
    else:
        return REFUSED
    opened = WRITTEN if channel == "email" or channel == "portal" else OPENED
    reason = f["motivo"]
    kept = NONE
    if reason == "tecnico":
        calls = f["chamados_abertos"]
        kept = LOOKED
        if calls > 3:
            if f["plano"] == "empresa":
                kept = VISIT
            elif f["meses_de_casa"] < 6:
                return "transferido", (first, opened, MOVED)
            else:
                kept = RAISED
        elif calls > 0:
            if f["plano"] != "basico":
                kept = HURRIED
    elif reason == "preco":
        if f["meses_de_casa"] >= 12:
            if f["aceita_oferta"]:
                return "retido_com_desconto", (first, opened, DISCOUNT)
            kept = NO_DISCOUNT
        elif f["plano"] != "basico":
            if f["aceita_oferta"]:
                return "retido_com_plano_menor", (first, opened, SMALLER)
            kept = NOT_SMALLER
    elif reason == "mudanca":
        if f["aceita_oferta"]:
            return "retido_com_pausa", (first, opened, PAUSE)
        kept = NO_PAUSE
    elif reason == "outro":
        kept = ASKED
    bound = f["tem_fidelidade"]
    fine = FREE
    if bound:
        if reason == "encerramento":
            fine = WAIVED
        elif f["plano"] == "empresa" or f["meses_de_casa"] < 12:
            if not f["confirmou"]:
                return "aguardando_confirmacao", (first, opened, kept, TOLD_UNSURE)
            fine = TOLD
        else:
            if not f["confirmou"]:
                return "aguardando_confirmacao", (first, opened, kept, FINED_UNSURE)
            fine = FINED
    late = f["dias_atraso"]
    if late > 0:
        if late > 90:
            if f["valor_devido"] > 2000:
                return "no_juridico", (first, opened, kept, fine, COURT)
            bills = PARTS
        elif late > 15:
            if f["valor_devido"] > 500:
                if not f["confirmou"]:
                    return "em_cobranca", (first, opened, kept, fine, CHARGED_PARTS)
                bills = CHARGED_PARTS
            else:
                bills = CHARGED
        else:
            bills = LAST_BILL
    elif f["valor_devido"] > 0:
        bills = LAST_BILL
    else:
        bills = SETTLED
    services = f["servicos"]
    if "email" in services:
        copied = MAIL_SITE if "site" in services else MAIL
    else:
        copied = SITE if "site" in services else NONE
    domain = (DOMAIN_TERM if f["meses_de_casa"] > 24 else DOMAIN) if "dominio" in services else NONE
    if f["plano"] == "empresa" and f["meses_de_casa"] >= 24:
        last = SURVEYED if channel != "portal" else SURVEYED_PORTAL
    else:
        last = CLOSED if channel != "portal" else CLOSED_PORTAL
    if reason == "encerramento":
        return "cancelado_por_encerramento", (first, opened, kept, fine, bills, copied, domain, last)
    if bound and not f["aceita_oferta"]:
        return "cancelado_com_multa", (first, opened, kept, fine, bills, copied, domain, last)
    return "cancelado_sem_multa", (first, opened, kept, fine, bills, copied, domain, last)
