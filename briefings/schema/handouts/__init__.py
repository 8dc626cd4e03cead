"""Models of the keys of lesson.yaml that become papers for a class: cards, debates and verifications."""
