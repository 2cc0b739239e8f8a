"""The site search: one question to all nouns at once, understood, answered, counted and put right."""
