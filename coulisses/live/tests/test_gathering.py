"""Who comes back together is asked about together, and each learns what is so of them."""

import asyncio

from coulisses.live.gathering import Gathering


def test_a_hall_that_comes_back_is_asked_about_in_two_questions():
    asked = []

    async def ask(sessions):
        asked.append(set(sessions))
        await asyncio.sleep(0)
        return sessions & {"s3", "s7"}

    async def play():
        hall = Gathering(ask)
        return await asyncio.gather(*(hall.about(f"s{one}") for one in range(100)))

    said = asyncio.run(play())
    assert [one for one, ended in enumerate(said) if f"s{one}" in ended] == [3, 7]
    assert len(asked) <= 2 and set.union(*asked) == {f"s{one}" for one in range(100)}


def test_a_question_that_fails_is_asked_again_by_whoever_waits():
    tries = []

    async def ask(sessions):
        tries.append(set(sessions))
        if len(tries) == 1:
            raise ConnectionError
        return {"gone"}

    async def play():
        hall = Gathering(ask)
        return await asyncio.gather(
            *(hall.about(one) for one in ("first", "gone", "stays")),
            return_exceptions=True,
        )

    first, gone, stays = asyncio.run(play())
    assert isinstance(first, ConnectionError) and gone == stays == {"gone"}


def test_nothing_is_shared_with_who_comes_after_the_answer():
    asked = []

    async def ask(sessions):
        asked.append(sessions)
        return []

    async def play():
        hall = Gathering(ask)
        for one in ("a", "b"):
            await hall.about(one)

    asyncio.run(play())
    assert asked == [{"a"}, {"b"}]
