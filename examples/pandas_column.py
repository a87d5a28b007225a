"""A column of cases in pandas: each row is a case, and the decision becomes further columns."""

import pandas as pd

from praxe import Policy


def with_decisions(cases: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return the cases with how each ends, what it still asks, and its number of steps; an empty cell is not known."""
    decide = policy.compile().decide  # generated code: the same answers, many times as fast
    known = cases.astype(object).where(cases.notna(), None)
    decisions = [decide(facts) for facts in known.to_dict("records")]
    return cases.assign(
        desfecho=[each.outcome or each.status.value for each in decisions],
        pergunta=[each.asks.question if each.asks else "" for each in decisions],
        passos=[len(each.steps) for each in decisions],
    )


if __name__ == "__main__":
    table = pd.DataFrame(
        {
            "primeira_vez_ou_duvida": [False, False, True],
            "caso_aberto": [True, True, None],
            "motivo_rc": ["nao_tecnico", "tecnico", "tecnico"],
            "motivo_nao_tecnico": ["mudanca_concorrente", None, None],
            "contratou_outro_sistema": [True, None, None],
        }
    )
    print(with_decisions(table, Policy.load("policy/rc"))[["desfecho", "pergunta", "passos"]].to_string())
