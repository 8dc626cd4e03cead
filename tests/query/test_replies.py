"""How many replies the arguments of each side get."""

from pathlib import Path

from lake import context_of

from briefings.query.replies import SideReplies, count_replies

REPLIES = """# people.yaml
  - {id: reed, name: Eve Reed, role: a clerk, side: Elsewhere}
# debate.yaml
      - id: pos-go
        title: It should go
        by: [moss, reed]
        sources: [diary]
        arguments:
          - {id: arg-2, text: It could.}
          - id: arg-3
            text: It may.
            replies: [{id: re-2, text: "No. [@diary]"}, {id: re-3, text: "Never. [@diary]"}]
      - {id: pos-think, title: Who knows, by: [gazette], sources: [gazette]}
"""


def test_replies_count_for_each_side_that_holds_the_position(tmp_path: Path) -> None:
    assert list(count_replies(context_of(tmp_path, REPLIES).pack)) == [
        SideReplies("The council", 2, 3, 0, 1.0, 2, ("arg-2",), ("arg-3",)),
        SideReplies("Elsewhere", 1, 2, 0, 1.0, 2, ("arg-2",), ("arg-3",)),
        SideReplies("Nowhere", 1, 0, 0, 0.0, 0, (), ()),
    ]
