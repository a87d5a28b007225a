"""The cancellation policy as decision tables, from which each peer's own text is made.

Eight small tables, one after the other; in each the first row that fits counts. A row may end the case. That is how the
documentation of most peers has a procedure written; each is asked for the rows that fit, and `answer` reads the outcome
and the steps off them, which is the least work for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.peers import Answer

Test = tuple[str, str, object]  # fact, operator (==, !=, <, <=, >, >=, in, has), value


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the tests that must all hold, the steps, and the outcome if the case ends."""

    tests: tuple[Test, ...]
    steps: tuple[str, ...]
    outcome: str | None


Table = tuple[str, tuple[Row, ...]]

_TEXT: Final = """
who
solicitante == terceiro & canal in email|portal -> registrar_contato recusar_com_cortesia responder_por_escrito orientar_titular => recusado
solicitante == terceiro -> registrar_contato recusar_com_cortesia orientar_titular => recusado
solicitante == titular & canal == email -> registrar_contato confirmar_identidade responder_por_escrito abrir_protocolo ouvir_motivo
solicitante == titular & canal == portal -> registrar_contato responder_por_escrito abrir_protocolo ouvir_motivo
solicitante == titular -> registrar_contato abrir_protocolo ouvir_motivo
solicitante == socio & canal in email|portal -> registrar_contato conferir_contrato_social responder_por_escrito abrir_protocolo ouvir_motivo
solicitante == socio -> registrar_contato conferir_contrato_social abrir_protocolo ouvir_motivo
solicitante == procurador & canal in chat|telefone -> registrar_contato pedir_procuracao => aguardando_documentos
solicitante == procurador -> registrar_contato pedir_procuracao responder_por_escrito abrir_protocolo ouvir_motivo

reason
motivo == tecnico & chamados_abertos > 3 & plano == empresa -> consultar_chamados escalar_ao_n2 priorizar_chamado agendar_visita
motivo == tecnico & chamados_abertos > 3 & meses_de_casa < 6 -> consultar_chamados escalar_ao_n2 transferir_ao_suporte => transferido
motivo == tecnico & chamados_abertos > 3 -> consultar_chamados escalar_ao_n2
motivo == tecnico & chamados_abertos > 0 & plano != basico -> consultar_chamados priorizar_chamado
motivo == tecnico -> consultar_chamados
motivo == preco & meses_de_casa >= 12 & aceita_oferta == yes -> oferecer_desconto registrar_aceite aplicar_desconto => retido_com_desconto
motivo == preco & meses_de_casa >= 12 -> oferecer_desconto registrar_recusa
motivo == preco & plano != basico & aceita_oferta == yes -> oferecer_plano_menor registrar_aceite trocar_plano => retido_com_plano_menor
motivo == preco & plano != basico -> oferecer_plano_menor registrar_recusa
motivo == mudanca & aceita_oferta == yes -> oferecer_pausa registrar_aceite => retido_com_pausa
motivo == mudanca -> oferecer_pausa registrar_recusa
motivo == outro -> pesquisar_satisfacao
->

bound
tem_fidelidade == no -> conferir_fidelidade
motivo == encerramento -> conferir_fidelidade dispensar_multa
confirmou == no & plano == empresa -> conferir_fidelidade calcular_multa informar_multa pedir_confirmacao => aguardando_confirmacao
confirmou == no & meses_de_casa < 12 -> conferir_fidelidade calcular_multa informar_multa pedir_confirmacao => aguardando_confirmacao
confirmou == no -> conferir_fidelidade calcular_multa pedir_confirmacao => aguardando_confirmacao
plano == empresa -> conferir_fidelidade calcular_multa informar_multa
meses_de_casa < 12 -> conferir_fidelidade calcular_multa informar_multa
-> conferir_fidelidade calcular_multa

bills
dias_atraso > 90 & valor_devido > 2000 -> conferir_boletos enviar_ao_juridico => no_juridico
dias_atraso > 90 -> conferir_boletos negociar_parcelas
dias_atraso > 15 & valor_devido > 500 & confirmou == no -> conferir_boletos cobrar_vencido negociar_parcelas => em_cobranca
dias_atraso > 15 & valor_devido > 500 -> conferir_boletos cobrar_vencido negociar_parcelas
dias_atraso > 15 -> conferir_boletos cobrar_vencido
dias_atraso > 0 -> conferir_boletos emitir_boleto_final
valor_devido > 0 -> conferir_boletos emitir_boleto_final
-> conferir_boletos dar_baixa

copies
servicos has email & servicos has site -> exportar_emails copiar_site
servicos has email -> exportar_emails
servicos has site -> copiar_site
->

domain
servicos has dominio & meses_de_casa > 24 -> liberar_dominio avisar_prazo_dominio
servicos has dominio -> liberar_dominio
->

closing
plano == empresa & meses_de_casa >= 24 & canal != portal -> enviar_confirmacao pesquisar_satisfacao encerrar_acesso arquivar_protocolo
plano == empresa & meses_de_casa >= 24 -> enviar_confirmacao pesquisar_satisfacao arquivar_protocolo
canal != portal -> enviar_confirmacao encerrar_acesso arquivar_protocolo
-> enviar_confirmacao arquivar_protocolo

end
motivo == encerramento -> => cancelado_por_encerramento
tem_fidelidade == yes & aceita_oferta == no -> => cancelado_com_multa
-> => cancelado_sem_multa
"""  # noqa: E501 - a row is a line


def _row(line: str) -> Row:
    condition, _, rest = line.partition("->")
    steps, _, outcome = rest.partition("=>")
    tests = tuple(_test(each) for each in condition.strip().split(" & ") if each)
    return Row(tests, tuple(steps.split()), outcome.strip() or None)


def _test(text: str) -> Test:
    fact, operator, value = text.split(" ")
    if operator == "in":
        return fact, operator, tuple(value.split("|"))
    if value in {"yes", "no"}:
        return fact, operator, value == "yes"
    return fact, operator, int(value) if value.isdigit() else value


def _joined(one: Table, other: Table) -> Table:
    """Return one table in the place of two."""
    rows = (
        Row(first.tests + second.tests, first.steps + second.steps, first.outcome or second.outcome)
        for first in one[1]
        for second in other[1]
    )
    return f"{one[0]}_{other[0]}", tuple(rows)


TABLES: Final[tuple[Table, ...]] = tuple(
    (name, tuple(map(_row, lines)))
    for name, *lines in (part.strip().splitlines() for part in _TEXT.strip().split("\n\n"))
)
# the same in six tables, for engines that pay by the table
WIDER: Final = (*TABLES[:4], _joined(*TABLES[4:6]), _joined(*TABLES[6:8]))
PLACES: Final = tuple((table, row) for table, (_, rows) in enumerate(TABLES) for row in range(len(rows)))


def facts_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return the facts that rows test, each once."""
    return tuple(dict.fromkeys(test[0] for row in rows for test in row.tests))


def answer(rows: Sequence[int], tables: Sequence[Table] = TABLES) -> Answer:
    """Return outcome and steps, given for each table the number of the row that fits."""
    steps: list[str] = []
    for (_, table), number in zip(tables, rows, strict=True):
        row = table[number]
        steps += row.steps
        if row.outcome:
            return row.outcome, steps
    raise AssertionError("the last table ends every case")


def first_rows(numbers: Iterable[int]) -> list[int]:
    """Return for each table the first of its rows among `numbers`, which count the rows of all tables."""
    found: dict[int, int] = {}
    for table, row in (PLACES[each] for each in sorted(numbers)):
        found.setdefault(table, row)
    return [found[table] for table in range(len(TABLES))]
