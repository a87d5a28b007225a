"""A policy of any length, for measuring growth: many small procedures, called one after the other."""

from __future__ import annotations

MANIFEST = 'name: grande\ntitle: Grande\nversion: "1"\nlanguage: pt\nentry: entrada\n'
VOCABULARY = """\
facts:
  canal: {type: one_of, label: Canal, question: Qual?, values: {telefone: Telefone, chat: Chat, email: E-mail}}
  dias_atraso: {type: integer, label: Atraso, question: Quanto?, unit: dias, min: 0, max: 3000}
  cliente_confirmou: {type: yes_no, label: Confirmou, question: Confirmou?}
  contato: {type: yes_no, label: Contato, question: Atendeu?}
actions:
  registrar: {label: Registrar, params: {texto: {type: text, label: Texto}}}
  cobrar: {label: Cobrar}
  ligar: {label: Ligar}
outcomes:
  cancelado: {label: Cancelado}
"""
PROCEDURE = """\
procedimento parte_{number} "Parte {number}":
  fonte texto.p{number}

  faça registrar("parte {number}")  [texto.p{number}.a]
  caso canal:
    telefone, chat:
      se dias_atraso > 15 e cliente_confirmou:  [texto.p{number}.b]
        faça cobrar em até 4 dias úteis
      senão se dias_atraso entre 3 e 9 ou não cliente_confirmou:
        diga "Bom dia"
      senão:
        nada
    email:
      tente até 3 vezes ligar até contato:
        faça "anotar o resultado" imediatamente
      senão:
        lacuna "O texto nada diz."

"""
LINES = PROCEDURE.count("\n")


def policy_of(lines: int) -> dict[str, str]:
    """Return the files of a policy of about that many lines."""
    count = lines // (LINES + 1)
    parts = "".join(PROCEDURE.format(number=number) for number in range(count))
    calls = "".join(f"  siga parte_{number}\n" for number in range(count))
    return {
        "policy.yaml": MANIFEST,
        "vocabulary.yaml": VOCABULARY,
        "grande.praxe": f"{parts}procedimento entrada:\n{calls}  fim cancelado\n",
    }
