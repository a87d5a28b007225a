"""Five lines: a policy decides a case inside any program."""

from praxe import Policy

policy = Policy.load("policy/rc")
decision = policy.decide({"primeira_vez_ou_duvida": False, "caso_aberto": True, "motivo_rc": "tecnico"})
print(decision.asks.question if decision.asks else decision.outcome)
for step in decision.steps:
    print("•", step.text)
