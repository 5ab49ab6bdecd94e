"""The life of a doubt: open, then tried, then settled or let go; and open again."""

OPEN, TRIED, SETTLED, LET_GO = "open", "tried", "settled", "let_go"
STATES = (OPEN, TRIED, SETTLED, LET_GO)
OVER = (SETTLED, LET_GO)

_MOVES = {
    "doubt.tried": ((OPEN, TRIED), TRIED),
    "doubt.settled": ((OPEN, TRIED), SETTLED),
    "doubt.let_go": ((OPEN, TRIED), LET_GO),
    "doubt.reopened": (OVER, OPEN),
}
KINDS = tuple(_MOVES)


def after(state: str, kind: str) -> str | None:
    """Return where a doubt stands once a kind was told of it; None where that can't be told."""
    before, becomes = _MOVES[kind]
    return becomes if state in before else None
