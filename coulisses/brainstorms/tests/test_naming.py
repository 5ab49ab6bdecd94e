"""Names that others gave to families: hidden with a reason, and gone on the last day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coulisses.brainstorms import deriving, gathering, gestures, keeping, naming, throwing
from coulisses.brainstorms.models import Brainstorm, Family, Idea
from coulisses.brainstorms.table_refusals import NothingToUndo, YourTeamNamedIt
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_table import HERE, TABLE
from coulisses.manners.models import Measure
from coulisses.manners.refusals import ReasonNeeded
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db
UNKIND = "What Eve calls Dan"


@pytest.fixture
def night():
    """A table that is lent, at which Eve named a family and Bo another."""
    night = storming.begun(storming.called(who_gathers="all"), "throw")
    for words in ("A lamp", "A map"):
        throwing.throw(night, words, by=given.cleo().voice_id, at=given.NOON)
    night = storming.begun(night, "gather")
    first, second = ideas()
    gestures.begin(night, "Lamps", [first], by=given.bo().voice_id, at=given.NOON)
    gestures.begin(night, UNKIND, [second], by=given.eve().voice_id, at=given.NOON)
    return night


def ideas():
    return list(Idea.objects.order_by("position").values_list("position", flat=True))


def ana(at=given.NOON):
    return {"by": given.ana().voice_id, "at": at}


def come(who=None):
    return given.come_in(Client(), who) if who else Client()


def families():
    return dict(Family.objects.order_by("position").values_list("name", "is_named_by_others"))


def send(client, **said):
    return client.post(TABLE, {"act": "hide-name", **said}, **HERE)


def test_a_maker_hides_what_eve_called_a_family_and_she_reads_why(night):
    assert families() == {"Lamps": False, UNKIND: True}
    mine, hers = Family.objects.order_by("position")
    said = {"family": hers.position, "name": "Maps", "reason": "It names somebody."}
    for who in (None, given.eve(), given.cleo(), given.fay(night.project.studio)):
        assert send(come(who), **said).status_code == 403
    owner = come(given.ana())
    assert owner.get(TABLE).content.decode().count('value="hide-name"') == 1
    assert send(owner, **{**said, "reason": " "}).status_code == 400 and UNKIND in families()
    assert send(owner, **{**said, "family": mine.position}).status_code == 409
    assert send(owner, **said).status_code == 302
    assert families() == {"Lamps": False, "Maps": False}
    for place in ("", "table/", "screen/", "replay/", "?as=list"):
        assert UNKIND not in come().get(f"/@atelier/night/wall/{place}").content.decode(), place
    yours = come(given.eve()).get("/@atelier/night/manners/yours/").content.decode()
    assert "It names somebody." in yours and 'href="/@atelier/night/wall/table/"' in yours
    assert Measure.objects.get().voice_id == given.eve().voice_id
    acts = come().get("/@atelier/night/manners/").content.decode()
    assert "Words on the wall were taken down." in acts and UNKIND not in acts
    with pytest.raises(NothingToUndo):  # what would bring it back is no gesture any more
        gestures.rename(night, hers.position, "Eve’s", by=given.eve().voice_id, at=given.NOON)
        naming.hide(night, hers.position, name="Maps", reason="Again", **ana())
        gestures.undo(night, by=given.eve().voice_id, at=given.NOON)
    before = families()
    deriving.replay(night.project)
    assert families() == before and checked(night.project.room)


def test_every_name_that_others_gave_is_hidden_though_the_team_called_it_otherwise_since(night):
    hers = Family.objects.get(name=UNKIND).position
    gathering.rename(night, hers, "Maps", **ana())
    assert families() == {"Lamps": False, "Maps": True}
    with pytest.raises(ReasonNeeded):
        naming.hide(night, hers, name="Maps", reason="", **ana())
    naming.hide(night, hers, name="Maps", reason="Unkind", **ana())
    assert UNKIND not in come().get("/@atelier/night/wall/replay/steps").content.decode()
    with pytest.raises(YourTeamNamedIt):
        naming.hide(night, hers, name="Maps", reason="Unkind", **ana())


def test_on_the_last_day_names_by_others_go_and_those_by_the_team_stay(night):
    hers = Family.objects.get(name=UNKIND).position
    third = gestures.begin(night, "Eve’s other", [], by=given.eve().voice_id, at=given.NOON)
    gathering.rename(night, hers, "Maps", **ana())
    gathering.let_go(night, third, by=given.eve().voice_id, at=given.NOON)
    gestures.begin(night, "Eve’s third", [], by=given.eve().voice_id, at=given.NOON)
    Brainstorm.objects.update(keeps_until=timezone.localtime().date() - timedelta(days=1))
    while keeping.let_go_due():
        pass
    assert [*families()] == ["Lamps", "Maps"]
    told = night.project.room.entries.filter(kind="family.named").select_related("sealed")
    names = [one.fact.name for one in told.order_by("position") if not one.is_shredded]
    assert names == ["Lamps", "Maps", ""]
    deriving.replay(night.project)
    assert [*families()] == ["Lamps", "Maps"] and checked(night.project.room)
