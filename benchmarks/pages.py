"""A project -> the HTML that is typeset for each document, and an estimate that only one document shows.

python pages.py PROJECT OUT   prints JSON: {"pages": [file, ...], "alone": "figure/estimate", "line": 123}
`alone` is an estimate that exactly one document shows and from which no other is derived, `line` its line in the YAML.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

from briefings.composing.project import compose_all
from briefings.library import Library
from briefings.loading.load import load
from briefings.page.render import render
from briefings.schema.figures import Estimate

project, out = map(Path, sys.argv[1:])
library = Library(project)
(folder,) = library.pack_folders().values()
pack = load(folder, "data")
out.mkdir(parents=True, exist_ok=True)
files, shown = [], Counter()
for briefing in compose_all(pack, library):
    if "pdf" not in briefing.choice.formats:
        continue
    html = render(briefing, library).html
    file = out / f"{briefing.name}.html"
    file.write_text(html, "utf-8")
    files.append(str(file))
    shown.update(set(re.findall(r'data-estimate="([^"]+)"', html)))

estimates = {ref: value for ref, value in pack.index.items() if isinstance(value, Estimate)}
used = {of for estimate in estimates.values() if estimate.derived for of in estimate.derived.of}
alone = next(
    ref
    for ref, count in sorted(shown.items())
    if count == 1 and ref not in used and estimates[ref].value and not estimates[ref].derived
)
print(json.dumps({"pages": files, "alone": alone, "line": pack.marks[alone].line}))
