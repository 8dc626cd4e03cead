"""`briefings balance`: counts as tables and as JSON."""

import json
from pathlib import Path

from conftest import Run

from briefings.cli.balance import as_json, as_text
from briefings.query.balance import Balance, PositionLength, SideShare, SourceCitations
from briefings.query.replies import SideReplies
from briefings.query.voices import SideVoice

BALANCE = Balance(
    "lake",
    (
        SourceCitations("diary", "Ada Moss", "Nowhere", "data", "She keeps the dam.", 9),
        SourceCitations("gazette", "The Gazette", "Elsewhere", "news", "Against the dam.", 3),
    ),
    (PositionLength("pos-keep", "It should stay", 80, 100, 120, 2, 1, 1),),
    (SideShare("The council", 4, 12, 300),),
    (
        SideVoice("The council", "plain", {"said": 3, "claimed": 0}, 1, 0),
        SideVoice("The council", "standard", {"said": 2, "claimed": 4}, 2, 5),
        SideVoice("Elsewhere", "standard", {"said": 1, "claimed": 0}, 0, 0),
    ),
    (
        SideReplies("The council", 2, 3, 0, 1.33, 3, ("arg-1",), ("arg-2", "arg-3")),
        SideReplies("Elsewhere", 1, 2, 1, 2.0, 3, (), ("arg-2",)),
    ),
)
TABLES = """balance of lake

sources by country  works  cited  share
Nowhere                 1      9  75 %
Elsewhere               1      3  25 %

sources by kind  works  cited  share
data                 1      9  75 %
news                 1      3  25 %

source   cited  kind  country    standpoint
diary        9  data  Nowhere    She keeps the dam.
gazette      3  news  Elsewhere  Against the dam.

position  plain  standard  advanced  arguments  evidence  replies  title
pos-keep     80       100       120          2         1        1  It should stay

whose words  statements  words  estimates
The council           4    300         12

verbs for, at level plain  said  claimed  quoted  silent
The council                   3        0       1       0

verbs for, at level standard  said  claimed  quoted  silent
The council                      2        4       2       5
Elsewhere                        1        0       0       0

replies to   positions  arguments  fewest  mean  most
The council          2          3       0  1.33     3
Elsewhere            1          2       1   2.0     3

arguments without a reply: arg-1
arguments with more than one reply: arg-2, arg-3
"""


def test_counts_are_printed_as_tables() -> None:
    assert "\n".join(as_text([BALANCE])) == TABLES


def test_a_pack_without_citations_or_positions_has_empty_tables() -> None:
    lines = list(as_text([Balance("empty", (), (), ())]))
    assert "sources by country  works  cited  share" in lines
    assert not any(line.startswith(("position", "verbs", "replies", "arguments")) for line in lines)


def test_json_has_one_object_per_pack() -> None:
    (record,) = json.loads(as_json([BALANCE]))
    assert list(record) == ["pack", "sources", "positions", "sides", "voices", "replies"]
    assert record["voices"][1] == {
        "side": "The council",
        "level": "standard",
        "verbs": {"said": 2, "claimed": 4},
        "quotations": 2,
        "silences": 5,
    }
    assert record["replies"][0]["unanswered"] == ["arg-1"]
    assert record["sides"] == [{"side": "The council", "statements": 4, "estimates": 12, "words": 300}]


def test_the_command_prints_tables_or_json(run: Run, project: Path) -> None:
    done = run(["balance"], project)
    assert (done.code, done.err) == (0, "")
    for head in (
        "sources by country",
        "sources by kind",
        "source ",
        "position ",
        "whose words",
        "verbs for",
        "replies to",
    ):
        assert f"\n{head}" in done.out
    assert "diary" in done.out
    (record,) = json.loads(run(["balance", "pond", "--format", "json"], project).out)
    assert [source["id"] for source in record["sources"]] == ["diary", "newsletter"]
    assert {"plain", "standard", "advanced", "arguments"} <= set(record["positions"][0])
