"""Pack, audience and document -> Briefing. Pure: no files, no clock.

In: a Pack and an Audience. Out: Briefings. `project` does it for all packs and documents of a project.
"""
