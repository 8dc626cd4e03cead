"""Values -> words, as one language writes them; and what is known of English prose.

In: amounts, dates, names, texts. Out: words, runs of text, reading grades. Imports `briefing`
and what comes before it.
"""
