"""What Eve tried next: places that are none, floods, stolen links, a mask that was lifted before."""

import pytest

from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_wall import HERE, JSON, WALL, come, dan, host, read, throw
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def test_a_place_beyond_all_places_is_no_idea():
    host(storming.called(), "throw")
    far, ana = 10**30, come(given.ana())
    for address in (f"ideas/{far}/", f"ideas/{far}/picture/small", f"ideas/{far}/taking-back",
                    f"?before={far}", f"?on={far}", f"?family={far}", f"table/?family={far}", f"replay/?after={far}"):  # fmt: skip
        assert ana.get(f"{WALL}{address}").status_code < 500, address
        assert dan().get(f"{WALL}{address}").status_code < 500, address
    for sent in (
        f"{far}/dots",
        f"{far * 0 + 10**18 * 9 + 10**17}/dots",
        f"ideas/{far}/taking-back",
    ):
        assert ana.post(f"{WALL}{sent}", headers=HERE).status_code < 500, sent
    for act in ("move", "begin", "rename", "join", "merge", "apart", "accept", "as-one"):
        for big in (far, 10**18 - 1):
            said = {
                "act": act,
                "idea": big,
                "family": big,
                "into": big,
                "name": "x",
                "twin": big,
                "proposal": big,
            }
            assert ana.post(f"{WALL}table/", said, headers=HERE).status_code < 500, act
    desk = "/desk/@atelier/night/wall/"
    for one in (f"ideas/{far}", f"settle/{far}", f"waiting/{far}", f"watch/{far}"):
        assert ana.post(f"{desk}{one}", {"reason": "x"}).status_code < 500, one
    assert ana.get(f"{desk}settle/?start={far}").status_code < 500


def test_a_mask_that_was_lifted_is_worn_by_nobody_again():
    night = host(storming.called(names="asked"), "throw")
    cleo = come(given.cleo())
    throw(cleo, "Masked", without_name="1")
    host(night, "settle")
    cleo.post(f"{WALL}mask/", headers=HERE)
    host(night, "throw")
    throw(cleo, "Masked anew", without_name="1")
    page = read(dan())
    assert page.count("Cleo</bdi>") == 1 and "voice 2</bdi>" in page
    assert read(cleo).count("data-mine") == 2
