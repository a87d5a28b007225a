"""Small plausible mistakes made in a policy on purpose, to see which of them its scenarios would not notice."""
