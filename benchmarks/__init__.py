"""What the project measures.

Each module's `run()` gives rows of name, figure and unit; `python -m benchmarks` prints them all.
"""
