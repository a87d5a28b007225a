"""The words that people write in Portuguese, or as other programs do, where a YAML key or choice has an English one.

In: what was written, and what may be. Out: the one that is meant, for `did you mean`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from praxe.dsl.near import nearest

_MEANT: Final[Mapping[str, str]] = MappingProxyType(
    {  # without accents
        # policy.yaml
        "nome": "name",
        "titulo": "title",
        "versao": "version",
        "idioma": "language",
        "lingua": "language",
        "vigencia": "effective",
        "dono": "owner",
        "responsavel": "owner",
        "entrada": "entry",
        "inicio": "entry",
        "calendario": "calendar",
        "feriados": "holidays",
        "documentos": "documents",
        "portugues": "pt",
        "pt_br": "pt",
        "ingles": "en",
        "english": "en",
        # vocabulary.yaml: keys
        "fatos": "facts",
        "acoes": "actions",
        "desfechos": "outcomes",
        "tipo": "type",
        "rotulo": "label",
        "pergunta": "question",
        "ajuda": "help",
        "exemplos": "examples",
        "diz": "says",
        "resposta": "answer",
        "sistema": "system",
        "valores": "values",
        "unidade": "unit",
        "minimo": "min",
        "minimum": "min",
        "maximo": "max",
        "maximum": "max",
        "clausulas": "clauses",
        "texto": "text",
        "natureza": "nature",
        "ator": "actor",
        "papel": "actor",
        "parametros": "params",
        "parameters": "params",
        "significado": "meaning",
        "cor": "color",
        # vocabulary.yaml: types, natures, colours
        "sim_nao": "yes_no",
        "boolean": "yes_no",
        "bool": "yes_no",
        "um_de": "one_of",
        "enum": "one_of",
        "conjunto": "set_of",
        "varios_de": "set_of",
        "inteiro": "integer",
        "int": "integer",
        "number": "decimal",
        "numero": "decimal",
        "data": "date",
        "string": "text",
        "execucao": "execution",
        "comunicacao": "communication",
        "registro": "record",
        "espera": "wait",
        "verificacao": "check",
        "verde": "green",
        "vermelho": "red",
        "azul": "blue",
        "amarelo": "amber",
        "yellow": "amber",
        "roxo": "purple",
        "cinza": "gray",
        # clauses.yaml
        "documento": "document",
        "secao": "section",
        "localizador": "locator",
        "linhas": "lines",
        "especie": "kind",
        "parafrase": "paraphrase",
        "literais": "literals",
        "orientacao": "guidance",
    }
)


def meant(written: str, choices: Collection[str]) -> str | None:
    """Return the choice that `written` stands for in Portuguese, or is a slip of; None unless it is clear."""
    plain = unicodedata.normalize("NFD", written.casefold()).replace("-", "_").replace("/", "_").replace(" ", "_")
    english = _MEANT.get("".join(each for each in plain if not unicodedata.combining(each)))
    return english if english in choices else nearest(written, choices)
