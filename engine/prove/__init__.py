"""What holds of a policy for every case at once: sets of cases as diagrams, what can be reached, rules proved.

In: a policy. Out: verdicts, each proved, refuted with a case that was walked again, or unknown and why.
"""
