"""What was read once is handed on, and only under the state it was read from."""

from coulisses.projects.recent import Recent


def test_the_same_state_is_read_once_and_the_oldest_makes_room():
    recent: Recent[str] = Recent(2)
    read: list[str] = []

    def reading(words: str) -> str:
        read.append(words)
        return words

    for key in ("a", "a", "b", "a", "c", "b"):
        assert recent.get(key, lambda key=key: reading(key)) == key
    assert read == ["a", "b", "c", "b"]
