"""The words of `--help` in Portuguese: `help.<command>.<parameter>`, or `help.any.<parameter>` for several commands."""

from __future__ import annotations

from typing import Final

PHRASES: Final = {
    "help.usage": "Uso:",
    "help.options": "[OPÇÕES]",
    "help.command": "COMANDO",
    "help.arguments": "Argumentos",
    "help.own_options": "Opções",
    "help.shared_options": "Opções de todos os comandos",
    "help.examples": "Exemplos",
    "help.exit_codes": "Códigos de saída",
    "help.exit.0": "tudo certo",
    "help.exit.1": "há o que corrigir: erros na política, cenários que falham, arquivos fora do formato",
    "help.exit.2": "o pedido não pode ser atendido como foi feito: opção errada, fatos errados, arquivo que falta",
    "help.exit.3": "falha do próprio Praxe",
    "help.group.write": "Escrever",
    "help.group.decide": "Decidir",
    "help.group.show": "Mostrar",
    "help.praxe": (
        "Praxe: procedimentos escritos como texto, que o computador confere, decide passo a passo, explica e desenha."
    ),
    # --- shared by commands
    "help.any.--language": "língua do que o Praxe diz; sem ela vale PRAXE_LANGUAGE e, por fim, pt",
    "help.any.--color": "cores: só no terminal (auto), sempre (always) ou nunca (never); NO_COLOR é respeitada",
    "help.any.--debug": "numa falha do Praxe, mostra onde ela aconteceu (ou PRAXE_DEBUG=1)",
    "help.any.--help": "mostra esta ajuda",
    "help.any.--version": "mostra a versão",
    "help.any.policy": "a pasta da política, onde está o policy.yaml",
    "help.any.--json": "escreve JSON em vez de texto",
    "help.any.--start": "começa neste procedimento, e não no de entrada",
    "help.any.--facts": "arquivo YAML ou JSON com os fatos do caso; `-` lê da entrada padrão",
    "help.any.--fact": "um fato: nome=valor; pode repetir, e vale mais que o do arquivo",
    "help.any.--now": "o momento da decisão, como 2026-11-22 ou 2026-11-22T14:30; sem ele, agora",
    # --- what stands for a value
    "metavar.least": "porcentagem",
    "metavar.policy": "POLÍTICA",
    "metavar.policies": "POLÍTICA",
    "metavar.paths": "CAMINHO",
    "metavar.path": "ARQUIVO",
    "metavar.code": "CÓDIGO",
    "metavar.folder": "PASTA",
    "metavar.procedure": "PROCEDIMENTO",
    "metavar.start": "PROCEDIMENTO",
    "metavar.facts": "ARQUIVO",
    "metavar.fact": "NOME=VALOR",
    "metavar.now": "DATA",
    "metavar.output": "ARQUIVO",
    "metavar.save": "ARQUIVO",
    "metavar.junit": "ARQUIVO",
    "metavar.chart": "PASTA",
    "metavar.html": "ARQUIVO",
    "metavar.text": "DOCUMENTO=ARQUIVO",
    # --- praxe check
    "help.check.short": "confere uma política e mostra todos os erros de uma vez",
    "help.check": (
        "Confere uma ou mais políticas: cada erro com o lugar, a razão e, quando há certeza, o que escrever. No fim, um"
        " resumo: o que a política tem, quantas cláusulas do texto de origem ela cita e as lacunas que deixa."
    ),
    "help.check.policies": "as pastas das políticas; sem nenhuma, a pasta atual",
    "help.check.--format": "texto para gente (text), JSON (json) ou SARIF para revisão de código (sarif)",
    "help.check.--json": "o mesmo que --format json",
    "help.check.--strict": "avisos também contam: a saída é 1",
    "help.check.examples": "praxe check policy/rc\npraxe check policy/rc --format sarif > praxe.sarif",
    # --- praxe fmt
    "help.fmt.short": "põe os arquivos .praxe no formato comum",
    "help.fmt": (
        "Reescreve arquivos .praxe no formato comum, sem mudar o que dizem; comentários ficam. Um arquivo com erro de"
        " escrita não é tocado, e o erro é mostrado."
    ),
    "help.fmt.paths": "arquivos ou pastas; `-` lê da entrada padrão e escreve na saída padrão",
    "help.fmt.--check": "não escreve nada: mostra as diferenças e sai com 1 se houver alguma",
    "help.fmt.--json": "diz em JSON o que mudou",
    "help.fmt.examples": "praxe fmt policy/rc\npraxe fmt --check policy",
    # --- praxe translate
    "help.translate.short": "escreve um arquivo .praxe com as palavras da outra língua",
    "help.translate": (
        "Escreve um arquivo .praxe com as palavras-chave de outra língua. Os nomes e os textos do autor ficam como"
        " estão; traduzir de volta dá o mesmo arquivo."
    ),
    "help.translate.path": "o arquivo; `-` lê da entrada padrão",
    "help.translate.--to": "a língua desejada",
    "help.translate.--output": "onde escrever; sem isto, ou com `-`, na saída padrão",
    "help.translate.--json": "escreve o texto dentro de JSON",
    "help.translate.examples": "praxe translate policy/rc/triagem.praxe --to en",
    # --- praxe test
    "help.test.short": "roda os cenários da política e mede o que eles cobrem",
    "help.test": (
        "Roda os cenários da política (a pasta scenarios/): em cada um, os fatos de um caso e o que se espera dele."
        " Mostra o que falhou, o esperado e o que veio, quantas respostas e caminhos os cenários percorrem, e por onde"
        " nenhum passa."
    ),
    "help.test.--chart": "desenha nesta pasta os fluxogramas, com o número de cenários em cada resposta",
    "help.test.--junit": "escreve também um relatório JUnit, que os servidores de integração leem",
    "help.test.--mutants": (
        "comete de propósito pequenos erros na política (um limite trocado, um passo esquecido) e mostra os que nenhum"
        " cenário perceberia"
    ),
    "help.test.--least": "com --mutants: a parte dos erros, em porcentagem, que os cenários têm de perceber",
    "help.test.examples": (
        "praxe test policy/rc\npraxe test policy/rc -o cobertura\npraxe test policy/rc --mutants --least 95"
    ),
    # --- praxe sources
    "help.sources.short": "mostra o que foi feito de cada cláusula do texto de origem",
    "help.sources": (
        "Presta contas do texto de origem: cada cláusula de clauses.yaml está cumprida por linhas da política, é"
        " orientação, é lacuna declarada ou ficou sem lugar. E o contrário: as linhas que nenhuma cláusula sustenta. E"
        " os achados de findings.yaml, cada um com o que o atende. Com --text, confere se o texto de origem mudou."
    ),
    "help.sources.--all": "mostra também cada cláusula, com as linhas que a cumprem, e cada achado por inteiro",
    "help.sources.--strict": "linhas sem cláusula também contam: a saída é 1",
    "help.sources.--html": "escreve também uma página colorida, para abrir no navegador ou imprimir",
    "help.sources.--text": "o texto de um documento de origem, para ver se mudou; pode repetir",
    "help.sources.--record": "grava em clauses.yaml a impressão (digest) dos textos dados com --text",
    "help.sources.examples": (
        "praxe sources policy/rc\npraxe sources policy/rc --html rc.html\npraxe sources policy/rc --text rc=origem.txt"
    ),
    # --- praxe explain
    "help.explain.short": "explica um código de erro, com um exemplo errado e um certo",
    "help.explain": "Explica um código que o check mostrou, com um exemplo errado e um certo. Sem código, lista todos.",
    "help.explain.code": "o código: PX203, px203 ou 203",
    "help.explain.examples": "praxe explain PX203",
    # --- praxe new
    "help.new.short": "cria uma política pequena, que já funciona",
    "help.new": (
        "Cria uma pasta com uma política pequena e completa, para mudar aos poucos: manifesto, vocabulário, um"
        " procedimento, as cláusulas e os cenários. O --language escolhe a língua em que ela é escrita."
    ),
    "help.new.folder": "a pasta a criar; se existe, tem de estar vazia",
    "help.new.--json": "diz em JSON o que foi criado",
    "help.new.examples": "praxe new minha_politica\npraxe check minha_politica",
    # --- praxe decide
    "help.decide.short": "decide um caso: os passos, o porquê e a próxima pergunta",
    "help.decide": (
        "Decide um caso a partir dos fatos conhecidos. Diz os passos a dar, com as cláusulas que mandam fazê-los, os"
        " fatos que decidiram e como o caso termina; ou qual pergunta falta, o que se espera, ou o que o texto não diz."
    ),
    "help.decide.examples": (
        "praxe decide policy/rc --facts caso.yaml\n"
        "praxe decide policy/rc --fact caso_aberto=sim --fact motivo_rc=tecnico\n"
        "cat caso.json | praxe decide policy/rc --facts - --json"
    ),
    # --- praxe ask
    "help.ask.short": "conduz a conversa: uma pergunta por vez, até decidir",
    "help.ask": (
        "Conduz o atendimento no terminal: uma pergunta por vez, e cada passo assim que fica certo. Dá para voltar,"
        " perguntar o porquê, dizer que não sabe, parar e retomar depois."
    ),
    "help.ask.--facts": "arquivo com os fatos já conhecidos, de onde retomar",
    "help.ask.--save": "onde guardar os fatos ao sair com `s` e no fim",
    "help.ask.--json": "escreve a decisão em JSON no fim; a conversa vai para a saída de erro",
    "help.ask.examples": "praxe ask policy/rc\npraxe ask policy/rc --facts caso.yaml --save caso.yaml",
    # --- praxe draw
    "help.draw.short": "desenha o fluxograma, com o caminho de um caso se quiser",
    "help.draw": (
        "Desenha o fluxograma de um procedimento. Com fatos, o caminho do caso fica em destaque. Se a saída é uma"
        " pasta, desenha todos os procedimentos."
    ),
    "help.draw.procedure": "o procedimento; sem ele, o de entrada",
    "help.draw.--output": "arquivo .svg, .png, .pdf ou .dot; ou uma pasta, para todos em .svg",
    "help.draw.--format": "o formato, quando o nome do arquivo não o diz",
    "help.draw.--json": "diz em JSON os arquivos escritos",
    "help.draw.examples": (
        "praxe draw policy/rc -o rc.svg\npraxe draw policy/rc rc_triagem --facts caso.yaml -o caso.png\n"
        "praxe draw policy/rc -o desenhos/"
    ),
}
