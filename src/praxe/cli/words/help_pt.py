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
    "metavar.old": "ANTIGA",
    "metavar.new": "NOVA",
    "metavar.least": "porcentagem",
    "metavar.policy": "POLÍTICA",
    "metavar.policies": "POLÍTICA",
    "metavar.paths": "CAMINHO",
    "metavar.path": "ARQUIVO",
    "metavar.code": "CÓDIGO",
    "metavar.folder": "PASTA",
    "metavar.procedure": "PROCEDIMENTO",
    "metavar.start": "PROCEDIMENTO",
    "metavar.not": "DESFECHO",
    "metavar.if": "FATO=VALOR",
    "metavar.facts": "ARQUIVO",
    "metavar.fact": "NOME=VALOR",
    "metavar.now": "DATA",
    "metavar.output": "ARQUIVO",
    "metavar.resume": "ARQUIVO",
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
    # --- praxe prove
    "help.prove.short": "prova o que vale para todos os casos, ou mostra um caso em que não vale",
    "help.prove": (
        "Responde por todos os casos possíveis de uma vez: se cada regra (`nunca`, `sempre`) vale, se todo caso é"
        " decidido,"
        " se há caminhos, perguntas ou linhas sem uso, passos repetidos ou contrários, regras que não cabem"
        " juntas. Cada"
        " “não” vem com um caso contado do começo ao fim. O que não se pôde provar nem refutar é dito em aberto."
    ),
    "help.prove.--only": "só esta pergunta; pode repetir",
    "help.prove.--assumed": "mostra também o que só um pressuposto do vocabulário exclui",
    "help.prove.--chart": "desenha nesta pasta o caminho de cada caso mostrado",
    "help.prove.--save": "grava os casos mostrados como cenários neste arquivo",
    "help.prove.--strict": "observações também contam: a saída é 1",
    "help.prove.--format": "texto para gente (text), JSON (json) ou SARIF para revisão de código (sarif)",
    "help.prove.examples": (
        "praxe prove policy/promad\npraxe prove policy/promad --only rules\npraxe prove policy/rc --format sarif"
        " > provas.sarif"
    ),
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
    # --- praxe compile
    "help.compile.short": "escreve a política num arquivo só, pronta para decidir",
    "help.compile": (
        "Escreve a política num arquivo JSON que decide sem ser lida e conferida de novo. O arquivo vale onde "
        "vale a pasta: em `praxe decide`, e no Python com CompiledPolicy.load. Ele só tem dados; mudou a "
        "política, compile de novo."
    ),
    "help.compile.--output": "onde escrever; sem isto, ou com `-`, na saída padrão",
    "help.compile.--json": "diz em JSON o que foi escrito",
    "help.compile.examples": "praxe compile policy/rc -o rc.json\npraxe decide rc.json --facts caso.yaml",
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
    # --- praxe diff
    "help.diff.short": "compara duas versões de uma política pelo que muda para quem é atendido",
    "help.diff": (
        "Compara duas versões de uma política: quem passa a ter outro fim, outros passos, outros prazos ou outras"
        " perguntas, quem só uma das versões aceita, e o que se conta em outros dias úteis. Cada mudança vem com o"
        " menor exemplo, a parte dos casos e os cenários que muda. Sai com 1 se algo muda."
    ),
    "help.diff.old": "a versão antiga: uma pasta, ou `revisão:pasta`, como o git escreve",
    "help.diff.new": "a versão nova: uma pasta, ou `revisão:pasta`",
    "help.diff.--format": "texto, Markdown (para comentar uma revisão) ou JSON",
    "help.diff.--chart": (
        "desenha nesta pasta cada procedimento tocado: NOME.svg como ficou, com o que é novo ou mudou em destaque;"
        " NOME.before.svg como era, com o que saiu em destaque"
    ),
    "help.diff.examples": (
        "praxe diff HEAD~1:policy/rc policy/rc\n"
        "praxe diff politica-antiga politica-nova --format markdown\n"
        "praxe diff politica-antiga politica-nova -o desenhos"
    ),
    # --- praxe scenarios
    "help.scenarios.short": "faz cenários que passam por cada resposta e cada limite da política",
    "help.scenarios": (
        "Diz por quantos pontos, respostas e limites da política os cenários passam; sai com 1 se falta algum. Com"
        " --generate, faz poucos casos que passam por todos; o que se espera em cada um é o que a política decide"
        " hoje, para você confirmar."
    ),
    "help.scenarios.--generate": "faz os casos e os escreve como cenários",
    "help.scenarios.--pairs": "também cada par de respostas que uma mesma decisão lê",
    "help.scenarios.--missing": "só o que os cenários de hoje deixam de fora",
    "help.scenarios.--output": (
        "onde escrever; sem isto, ou com `-`, na saída padrão; um arquivo que já existe não é tocado"
    ),
    "help.scenarios.--json": "diz em JSON quantos casos, e o texto deles",
    "help.scenarios.examples": (
        "praxe scenarios policy/rc\npraxe scenarios policy/rc --generate -o policy/rc/scenarios/gerados.yaml"
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
    "help.decide.policy": "a pasta da política, ou o arquivo .json que `praxe compile` escreveu",
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
    "help.ask.--order": "ordem das perguntas: a do autor (author), poucas (fewest) ou as mais baratas (cheapest)",
    "help.ask.--resume": "arquivo .json de uma conversa guardada, de onde retomar",
    "help.ask.--save": "onde guardar os fatos ao sair e no fim",
    "help.ask.--json": "escreve a decisão em JSON no fim; a conversa vai para a saída de erro",
    "help.ask.policy": "a pasta da política, ou o arquivo .json que `praxe compile` escreveu",
    "help.ask.examples": (
        "praxe ask policy/rc\npraxe ask policy/rc --facts caso.yaml --save caso.yaml\n"
        "praxe ask policy/rc --save caso.json\npraxe ask policy/rc --resume caso.json"
    ),
    # --- praxe docs
    "help.docs.short": "escreve as páginas da política: fluxogramas, texto, perguntas, glossário",
    "help.docs": (
        "Escreve páginas sobre a política para as pessoas: um índice, uma página por procedimento com o fluxograma e o"
        " mesmo em texto, as perguntas, os prazos, as lacunas, as cláusulas e os exemplos, e um glossário. Só"
        " refaz o que"
        " mudou, e nunca toca em arquivos que não fez."
    ),
    "help.docs.--folder": "a pasta das páginas",
    "help.docs.--html": "um pequeno site, em vez de páginas Markdown",
    "help.docs.--check": "não escreve nada: diz o que está velho, falta ou sobra, e sai com 1 se houver algo",
    "help.docs.--watch": "fica de olho na política e refaz o que muda, até Ctrl-C",
    "help.docs.--json": "diz em JSON o que foi feito",
    "help.docs.examples": (
        "praxe docs policy/rc -o paginas\npraxe docs policy/rc -o site --html\npraxe docs policy/rc -o paginas --check"
    ),
    # --- praxe why
    "help.why.short": "explica uma decisão: por quê, por que não, e se",
    "help.why": (
        "Explica como um caso é decidido: só os fatos e as cláusulas que decidiram, na ordem da história; com eles sós"
        " o resultado é o mesmo. Com --not, o que está contra outro desfecho ou passo. Com --if, o que mudaria com"
        " outros fatos. Com --nearest, a menor mudança de fatos que leva a outro desfecho."
    ),
    "help.why.--not": "por que não este desfecho ou passo, e o que teria de ser outro",
    "help.why.--if": "e se o fato fosse este: fato=valor; pode repetir",
    "help.why.--nearest": "só a menor mudança de fatos que leva a outro desfecho, ou ao de --not",
    "help.why.--format": "texto para pessoas, Markdown ou JSON",
    "help.why.--json": "o mesmo que --format json",
    "help.why.policy": "a pasta da política, ou o arquivo .json que `praxe compile` escreveu",
    "help.why.examples": (
        "praxe why policy/rc --facts caso.yaml\n"
        "praxe why policy/rc --facts caso.yaml --not revertido\n"
        "praxe why policy/rc --facts caso.yaml --if caso_aberto=não"
    ),
    # --- praxe draw
    "help.draw.short": "desenha o fluxograma, com o caminho de um caso se quiser",
    "help.draw": (
        "Desenha o fluxograma de um procedimento. Com fatos, o caminho do caso fica em destaque. Se a saída é uma"
        " pasta, desenha todos os procedimentos."
    ),
    "help.draw.procedure": "o procedimento; sem ele, o de entrada",
    "help.draw.--output": "arquivo .svg, .png, .pdf ou .dot; ou uma pasta, para todos em .svg",
    "help.draw.--format": "o formato, quando o nome do arquivo não o diz",
    "help.draw.--level": (
        "o nível: o resumo da política, um procedimento, ou ele com as chamadas abertas (`all`: os três)"
    ),
    "help.draw.--paper": "pôr em folhas, num só PDF, com letra de 6 pt ou mais; sem procedimento, a política toda",
    "help.draw.--check": "mede em vez de desenhar: sobreposições, texto cortado, linhas em caixas, cruzamentos, letra",
    "help.draw.--json": "diz em JSON os arquivos escritos, ou o que foi medido",
    "help.draw.policy": "a pasta da política, ou o arquivo .json que `praxe compile` escreveu",
    "help.draw.examples": (
        "praxe draw policy/rc -o rc.svg\npraxe draw policy/rc rc_triagem --facts caso.yaml -o caso.png\n"
        "praxe draw policy/rc -o desenhos/"
    ),
    # --- praxe export
    "help.export.short": "exporta os fluxogramas e o grafo para outros programas",
    "help.export": (
        "Exporta um procedimento em Mermaid, BPMN 2.0 ou DOT, ou o grafo da política inteira em JSON. Se a saída é uma"
        " pasta, exporta todos os procedimentos, cada um no seu arquivo. O BPMN leva junto os procedimentos chamados."
    ),
    "help.export.procedure": "o procedimento; sem ele, o de entrada",
    "help.export.--output": "arquivo .mmd, .bpmn, .dot ou .json; uma pasta; ou `-`, a saída padrão",
    "help.export.--format": "o formato, quando o nome do arquivo não o diz",
    "help.export.--dialect": "a língua das condições no BPMN: feel (a maioria dos motores) ou python (SpiffWorkflow)",
    "help.export.--json": "diz em JSON os arquivos escritos",
    "help.export.examples": (
        "praxe export policy/rc rc_triagem -o triagem.mmd\npraxe export policy/rc --format json -o -\n"
        "praxe export policy/promad --format mermaid -o fluxos/"
    ),
}
