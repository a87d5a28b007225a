"""A column of cases in Polars: each row is a case, and the decision becomes further columns."""

import polars as pl

from praxe import Policy


def with_decisions(cases: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Return the cases with how each ends, what it still asks, and its number of steps; null is not known."""
    decide = policy.compile().decide  # generated code: the same answers, many times as fast
    decisions = [decide(facts) for facts in cases.iter_rows(named=True)]
    return cases.with_columns(
        pl.Series("desfecho", [each.outcome or each.status.value for each in decisions]),
        pl.Series("pergunta", [each.asks.question if each.asks else None for each in decisions], dtype=pl.String),
        pl.Series("passos", [len(each.steps) for each in decisions]),
    )


if __name__ == "__main__":
    table = pl.DataFrame(
        {
            "primeira_vez_ou_duvida": [False, False, True],
            "caso_aberto": [True, True, None],
            "motivo_rc": ["nao_tecnico", "tecnico", "tecnico"],
            "apoio_necessario": [None, ["n2"], []],
        }
    )
    print(with_decisions(table, Policy.load("policy/rc")).select("desfecho", "pergunta", "passos").rows())
