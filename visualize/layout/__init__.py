"""Where everything goes: Graphviz places the cards, `route` draws the lines between them at right angles."""
