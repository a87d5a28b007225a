"""What the commands that try a policy say in Portuguese: scenarios, test, prove."""

from __future__ import annotations

from typing import Final

PHRASES: Final = {
    # --- scenarios
    "scenarios.progress": "fazendo casos",
    "scenarios.met": "os cenários passam por {met} de {goals} pontos, respostas e limites",
    "scenarios.how": "`--generate --missing` faz os que faltam",
    "scenarios.made": (
        "{cases} casos para {goals} pontos, respostas e limites ({met_before} já cobertos, {unmet} sem caso)"
    ),
    "scenarios.written": (
        "{path}: {cases} casos para {goals} pontos, respostas e limites ({met_before} já cobertos, {unmet} sem caso)"
    ),
    # --- test --mutants
    "mutants.progress": "erros de propósito",
    "mutants.score": "os cenários percebem {noticed} de {total} erros de propósito ({percent}%)",
    "mutants.changed": "{what}: `{before}` virou `{after}`, e nenhum cenário percebe",
    "mutants.lost": "{what}: `{before}`, e nenhum cenário percebe",
    "mutants.limit": "limite trocado",
    "mutants.swapped": "dois ramos trocados entre si, e nenhum cenário percebe",
    "mutants.dropped": "esquecido",
    "mutants.argument": "detalhe trocado",
    "mutants.value": "resposta trocada",
    "mutants.negation": "condição invertida",
    "mutants.connective": "condição mudada",
    "mutants.outcome": "desfecho trocado",
    "mutants.deadline": "prazo trocado",
    "mutants.result": "resultado trocado",
    # --- prove
    "prove.saved": "gravado: {path}",
    "prove.progress": "provando ({number} de {total}): {check}",
    "prove.assuming.one": "parte de {n} pressuposto do vocabulário",
    "prove.assuming.many": "parte de {n} pressupostos do vocabulário",
    "prove.check.assumptions": "Pressupostos que cabem juntos",
    "prove.check.rules": "Regras",
    "prove.check.decided": "Todo caso é decidido",
    "prove.check.branches": "Todo caminho é seguido por algum caso",
    "prove.check.definitions": "Toda linha de definição ou tabela tem uso",
    "prove.check.otherwise": "Nenhum valor esquecido no `senão`",
    "prove.check.questions": "Toda pergunta muda algo",
    "prove.check.events": "Toda espera ou tentativa pode acabar dos dois jeitos",
    "prove.check.steps": "Nenhum passo repetido ou contrário",
    "prove.check.clashes": "Nenhuma regra ou limite contra outro",
    "prove.fine": "provado para todos os casos",
    "prove.found.one": "{n} achado",
    "prove.found.many": "{n} achados",
    "prove.rules": "{proved} de {total} provadas para todos os casos",
    "prove.case": "O caso",
    "prove.told": "O que se faz",
    "prove.end": "Como termina",
    "prove.lacking": "O que falta",
    "prove.late": "O que vem tarde demais",
    "prove.late_at": "{step}: só como passo {number}",
    "prove.clause": "O que a regra cumpre",
    "prove.any_case": "qualquer caso",
    "prove.none": "nenhum",
    "prove.today": "Hoje",
    "prove.assumed.one": "{n} achado que só um pressuposto exclui",
    "prove.assumed.many": "{n} achados que só um pressuposto exclui",
    "prove.not_assumed": "o que só um pressuposto exclui não foi procurado: os pressupostos se contradizem",
    "prove.refuted.one": "{n} refutado",
    "prove.refuted.many": "{n} refutados",
    "prove.unknown.one": "{n} em aberto",
    "prove.unknown.many": "{n} em aberto",
    "prove.remarks.one": "{n} observação",
    "prove.remarks.many": "{n} observações",
    "prove.nothing": "tudo provado, nada a observar",
    # --- test
    "test.none": "a política não tem cenários; `praxe scenarios … --generate` faz alguns",
    "test.all.one": "{n} cenário, como esperado",
    "test.all.many": "{n} cenários, todos como esperado",
    "test.some": "{passed} de {total} cenários como esperado",
    "test.covered": "cobertura: {taken} de {total} respostas ({percent}%)",
    "test.figures": "{taken} de {total}",
    "test.thousands": ".",
    "test.paths": (
        "caminhos distintos percorridos: {taken} ({finished} até o fim); pela forma do fluxo há {possible} inteiros"
    ),
    "test.no_answer": "nenhum cenário dá estas respostas:",
    "test.no_step": "nenhum cenário chega a estes passos:",
    "test.no_gap": "nenhum cenário encontra estas lacunas:",
}
