"""Charts and timelines: estimates, phases and events -> Scenes on a scale of amounts or days."""
