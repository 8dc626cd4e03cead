"""Pack, audience and document -> Briefing.

`compose` and the modules it uses are pure: they read no files and no clock. `project` finds the packs and audiences of
a project and composes every document requested.
"""
