"""Questions about a pack: where a number or a sentence comes from, and what the pack leans on.

In: words, or packs. Out: answers, as text or JSON.
"""
