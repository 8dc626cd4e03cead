"""Rules on lesson.yaml."""
