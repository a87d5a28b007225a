"""Ids of nodes: `procedure/key-xxxxxx`, the same as long as nothing about the place itself changes.

In: a node's key, and the keys of the branches that enclose it. Out: an id. The six digits stand for the enclosing
branches, the key, and how many equal siblings stand before it in the same block; so whatever happens elsewhere in the
text leaves an id alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256

from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import NodeId
from praxe.engine.wording import slug


@record(kw_only=False)
class NodeName(RecordBase):
    """What a node is called, before it exists."""

    id: NodeId
    path: str  # of the node itself, below which its branches are

    def below(self, branch: str) -> str:
        """Return the path of the block under one of the node's branches."""
        return f"{self.path}:{branch}"


@dataclass(slots=True)
class NodeNames:
    """Hands out the names of one procedure's nodes, none twice."""

    procedure: ProcedureName
    _taken: set[str] = field(default_factory=set)

    def start(self) -> NodeName:
        """Return the name of the procedure's entry."""
        return NodeName(NodeId(f"{self.procedure}/start"), "")

    def end(self) -> NodeName:
        """Return the name of the node that leads back to the caller."""
        return NodeName(NodeId(f"{self.procedure}/return"), "")

    def name(self, block: str, kind: str, key: str, siblings: Counter[str]) -> NodeName:
        """Return the name of the next node in a block.

        Args:
            block: the path of the block.
            key: what the node does or tests; kind and key tell it apart from its siblings.
            siblings: how many of each there are already in this block; counted on.
        """
        own = f"{kind} {key}"
        siblings[own] += 1
        path = f"{block}/{own}#{siblings[own]}"
        text, shown = path, slug(key)
        while (digits := sha256(text.encode()).hexdigest()[:6]) and f"{shown}-{digits}" in self._taken:
            text += "'"  # six digits are few: among thousands of equal keys two may meet
        self._taken.add(f"{shown}-{digits}")
        return NodeName(NodeId(f"{self.procedure}/{shown}-{digits}"), path)
