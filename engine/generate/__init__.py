"""Scenarios made from a policy itself: few cases that come by every answer and every limit."""
