"""Files themselves on their way: each goes by the policy that its save was told by."""

from pathlib import Path

import pytest

from coulisses_agent.spool import originals
from coulisses_agent.spool.store import Spool


@pytest.mark.parametrize("policy", ["show", "hold", "delay:60"])
def test_it_is_read_by_the_policy_of_its_save_and_is_no_more_once_it_is_gone(
    tmp_path: Path, policy: str
) -> None:
    with Spool(tmp_path / "spool") as spool:
        with spool.writing() as cursor:
            originals.put(cursor, "file:1", b"a.md", b"digest", 3, policy=policy)
            originals.put(cursor, "file:1", b"b.md", b"digest", 3, policy="show")
        one = originals.first(spool)
        assert one and (one.path, one.policy) == (b"a.md", policy)
        originals.drop_all(spool)
        with spool.writing() as cursor:
            originals.put(cursor, "file:1", b"b.md", b"digest", 3, policy="show")
        again = originals.first(spool)
        assert again and again.policy == "show"
