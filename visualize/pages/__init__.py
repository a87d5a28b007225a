"""Pages about a policy for people: what stands on them (`book`), and how it is written as Markdown or as a site.

In: a policy and its scenarios. Out: a `Book`, then the texts of files. Nothing is written to disk here.
"""
