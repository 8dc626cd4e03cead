"""The most that a pack, an audience or a theme may hold. Each limit is a Problem at its line, and none a surprise.

Packs and themes travel between strangers, and a teacher checks, builds and serves what a stranger made. The work on
every input is linear or near it in its size, and the size is limited here. Each limit is about ten times what the
shipped packs need, which are longer than most will be; "shipped" says how much that is.
"""

# -- a file of YAML ---------------------------------------------------------------------------------

MAX_BYTES = 1_000_000  # a file; shipped: 74,000
MAX_DEPTH = 20  # lists and mappings inside each other; shipped: 9
MAX_NODES = 50_000  # values in one file; shipped: 3,600
MAX_ENTRIES = 1_000  # entries of one list or mapping; shipped: 111
MAX_TEXT = 10_000  # characters of one text: four printed pages; shipped: 600
MAX_LINE = 2_000  # characters of a line in which a slip of YAML is looked for; shipped: 600
MAX_ID = 100  # characters of an id, which stands in file names and links; shipped: 36
MAX_MARKS_ON_A_LETTER = 30  # combining marks: the limit of Unicode's "stream-safe" texts (UAX 15)
MAX_PLACES = 20  # problems of one text that are looked for in its lines; the rest stand at its beginning

# -- hints ------------------------------------------------------------------------------------------

MAX_HINT_LENGTH = 60  # characters of a name for which the nearest one is looked up
MAX_HINT_NAMES = 2_000  # names among which it is looked up
MAX_HINT_COMPARED = 50  # of these, those with the most letters in common, which are compared letter by letter
MAX_HINTS = 100  # names for which it is looked up in one file: whoever misspells more has made another mistake

# -- numbers ----------------------------------------------------------------------------------------

MAX_DIGITS = 100  # characters of a number as written
MAX_VALUE = 10**15  # a number on a page has at most fifteen digits before the decimal point
MAX_BITS = 1_000  # numerator and denominator of a calculated number: three hundred digits
MAX_TERMS = 20  # estimates that one number is calculated from; shipped: 2
MAX_DERIVATIONS = 20  # numbers calculated from calculated numbers, one from the other; shipped: 2
MAX_ESTIMATES = 200  # reports of one figure; shipped: 13

# -- drawings ---------------------------------------------------------------------------------------

MAX_REPORTS = 60  # estimates in one drawing; shipped: 16
MAX_COMPARISONS = 200_000  # pairs of labels compared to place those of one chart; shipped: under 20,000
MAX_EVENTS = 200  # phases and their events, or arguments, in one drawing; shipped: 34
MAX_POSITIONS = 40  # positions in one drawing; shipped: 10
MAX_PLACES_DRAWN = 60  # places, lines and arrows on one map; shipped: 18
MAX_CARDS_TRIED = 3_000  # times that a card is placed on one map, in all orders of them; shipped: under 100
MAX_CORNERS = 1_000  # points of the lines of one map that are known roughly; shipped: 3
MAX_POINTS = 50_000  # corners of the regions of a map; shipped: 10,823
MAX_REGIONS = 2_000  # regions of a map; shipped: 424

# -- templates and style sheets ---------------------------------------------------------------------

MAX_TEMPLATE = 500_000  # bytes of a template or a style sheet, which may have a picture in it; shipped: 18,009
MAX_OPEN_TAGS = 100  # signs < of a template without a > after them: the parser reads on from each; shipped: 2
MAX_TOKEN = 1_000  # characters of a custom property with the others that it names put in; shipped: 60
MAX_NESTING = 50  # braces and brackets of a style sheet inside each other; shipped: 5
MAX_IMPORTS = 50  # style sheets that one imports, each as often as it is imported; shipped: 0
