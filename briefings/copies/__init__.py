"""A list of schools -> a copy of each paper for each, with its name, crest and contact in the head."""
