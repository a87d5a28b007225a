"""One cancellation policy, as text and by hand: 12 facts, 38 decisions, 12 outcomes, 40 actions.

`cases` draws its facts; `twins` says the same in Python, as a person would write it; the text is in this folder.
"""
