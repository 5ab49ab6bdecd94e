"""The pages by which a brainstorm is called and announced, and who must not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from coulisses.brainstorms import calling, hosting
from coulisses.brainstorms.calling import Plan
from coulisses.brainstorms.models import Brainstorm, Coming
from coulisses.notices import pulling, reminders
from coulisses.notices.models import Notice
from coulisses.projects import ways_in
from coulisses.projects.models import Project
from coulisses.projects.telling import GRACE
from coulisses.testing import given

pytestmark = pytest.mark.django_db
HERE = {"headers": {"sec-fetch-site": "same-origin"}}
LIST = "/desk/@atelier/brainstorms/"
TYPED = {
    **{"question": "How do we ride when it is dark at five?", "line": "Winter", "context": "Rain."},
    **{"who": "all", "names": "asked", "dots": "7", "day": "", "hour": "", "lasts": "20"},
    **{"unit": "minutes", "game": "kept", "youngest": "15", "keeps_until": "", "language": "en"},
}


def browser(who=None):
    return given.come_in(Client(), who) if who else Client()


def called(at=None, **said):
    """Return a brainstorm of Ana's that is called, to begin in half an hour unless said else."""
    now = at or timezone.now()
    plan = {"starts_at": now + timedelta(minutes=30), "minutes": 60, **said}
    ana = given.ana().voice_id
    made = calling.draft(given.studio(), Plan("How do we ride?", **plan), by=ana, at=now)
    return calling.call(made, by=ana, at=now)


def test_ana_prepares_looks_calls_changes_and_calls_off():
    ana, boat = browser(given.ana()), given.project()
    assert "No question is open yet." in ana.get(LIST).content.decode()
    assert "20" in ana.get(f"{LIST}new?template=now").content.decode()
    made = ana.post(f"{LIST}new", {**TYPED, "of": boat.pk})
    path = made["location"].partition("#")[0]
    of = Brainstorm.objects.select_related("project__studio").get()
    assert (of.dots, of.youngest, of.minutes, of.of_id) == (7, 15, 20, boat.pk)
    page = ana.get(path).content.decode()
    assert "This is what people will see" in page and "From 15 years on." in page
    assert browser().get(of.project.path).status_code == 404
    assert ana.post(path, {**TYPED, "dots": "9", "of": boat.pk}).status_code == 302
    assert ana.post(f"{path}ing").status_code == 302
    stage = browser().get(of.project.path).content.decode()
    assert "The studio may use the ideas it keeps" in stage and "Boat" in stage
    assert "How do we ride" in browser().get(boat.path).content.decode()
    assert "How do we ride" in ana.get(LIST).content.decode()
    assert ana.post(f"{path}ing-off", {"words": "Snow"}).status_code == 302
    assert "Snow" in browser().get(of.project.path).content.decode()
    assert ">brainstorm<" in browser().get("/").content.decode()


def test_a_card_says_its_context_without_the_marks_of_its_poster():
    of = called(context="We have **one** nail left.")
    stage = browser().get(of.project.path).content.decode()
    assert "We have <strong>one</strong> nail" in stage and "We have one nail" in stage
    assert "**one**" not in stage


def test_what_was_typed_stays_where_it_cannot_be():
    ana = browser(given.ana())
    given.studio()
    for wrong in ({"dots": "many"}, {"lasts": "-1"}, {"unit": "years"}, {"youngest": "x"},
                  {"keeps_until": "soon"}, {"day": "2026-13-01", "hour": "9"}, {"who": "x"},
                  {"question": "q" * 201}, {"language": "<b>"}, {"game": "own"}):  # fmt: skip
        answer = ana.post(f"{LIST}new", {**TYPED, **wrong})
        assert answer.status_code == 422, wrong
        assert "Rain." in answer.content.decode()
    assert not Project.objects.exists()


@pytest.mark.both_databases
def test_what_no_database_keeps_breaks_no_form():
    ana, boat = browser(given.ana()), given.project()
    assert ana.get(f"{LIST}new", {"like": "\0"}).status_code == 200
    assert ana.post(f"{LIST}new", {**TYPED, "of": "\0"}).status_code == 302
    asked = {"question": "Red?", "method": "yesno", "who": "all", "shown": "at_end"}
    day = (timezone.now() + timedelta(days=2)).date().isoformat()
    asked |= {"day": day, "hour": "20:00", "audience": "\0", "act": "put"}
    assert ana.post(f"{boat.desk}decisions/new/", asked).status_code == 302


def test_a_past_one_is_copied_without_what_was_given():
    ana, of = browser(given.ana()), called(dots=3, game="open", line="Winter")
    Brainstorm.objects.filter(pk=of.pk).update(looks_first=False, who_gathers="all")
    page = ana.get(f"{LIST}new?like={of.project.slug}").content.decode()
    assert 'value="3"' in page and 'value="open" checked' in page and 'name="day" value=""' in page
    assert 'name="looks" value="after" checked' in page
    assert 'name="who_gathers" value="all" checked' in page


def test_ideas_wait_for_a_look_unless_a_maker_says_else_as_it_is_called():
    ana = browser(given.ana())
    given.studio()
    for looks, expected in (("", True), ("first", True), ("after", False)):
        said = {**TYPED, "looks": looks, "who_gathers": "all"}
        slug = ana.post(f"{LIST}new", said)["location"].split("/")[3]
        of = Brainstorm.objects.get(project__slug=slug)
        assert (of.looks_first, of.who_gathers) == (expected, "all")


def test_eve_and_all_others_stay_outside_the_desk():
    of = called()
    desk = f"{of.project.desk}wall/"
    for who in (None, given.eve(), given.guest()):
        eve = browser(who)
        for path in (LIST, f"{LIST}new", f"{desk}call"):
            assert eve.get(path).status_code in (302, 401, 403, 404), path
        for path in (f"{LIST}new", f"{desk}call", f"{desk}calling", f"{desk}calling-off"):
            assert eve.post(path, TYPED).status_code in (302, 401, 403, 404), path
    fay = browser(given.fay(given.studio()))
    for path in (f"{desk}call", f"{desk}calling", f"{desk}calling-off", f"{LIST}new"):
        assert fay.post(path, TYPED).status_code == 403, path
    of.refresh_from_db()
    assert of.dots == 10 and not of.is_called_off
    assert Client(enforce_csrf_checks=True).post(f"{desk}calling-off").status_code == 403


def test_eve_learns_no_code_no_rehearsal_and_no_parent_in_rehearsal():
    hidden = given.project("hidden", is_raised=False, title="The secret")
    of = called(who="code", of=hidden)
    code = ways_in.code(of.project)
    for who in (None, given.eve()):
        page = browser(who).get(of.project.path).content.decode()
        assert code not in page and "The secret" not in page
        assert browser(who).get(f"{of.project.path}wall/code.svg").status_code == 404
    assert code in browser(given.ana()).get(of.project.path).content.decode()
    assert browser(given.bo()).get(f"{of.project.path}wall/code.svg").status_code == 200
    draft = calling.draft(
        given.studio(), Plan("A secret?"), by=given.ana().voice_id, at=timezone.now()
    )
    for place in ("wall/come.ics", "wall/code.svg", "wall/in"):
        assert browser(given.eve()).get(f"{draft.project.path}{place}").status_code == 404
    assert browser(given.eve()).post(f"{draft.project.path}wall/coming", **HERE).status_code == 404


def test_one_tap_says_i_come_and_the_same_tap_takes_it_back():
    of, dan = called(), browser()
    path = f"{of.project.path}wall/coming"
    assert dan.post(path).status_code == 403, "not from another site"
    assert dan.get(path).status_code == 405
    assert dan.post(path, **HERE).status_code == 302
    assert Coming.objects.count() == 1
    page = dan.get(of.project.path).content.decode()
    assert "1 person says they come" in page and "I’m not coming after all" in page
    assert "I’m coming" in browser(given.cleo()).get(of.project.path).content.decode()
    dan.post(path, **HERE)
    assert not Coming.objects.exists()


def test_who_may_not_come_does_not_say_so_and_is_told_what_to_do():
    of = called(who="followers")
    assert browser(given.eve()).post(f"{of.project.path}wall/coming", **HERE).status_code == 403
    door = browser().get(f"{of.project.path}wall/in").content.decode()
    assert f"{of.project.path}follow" in door and "/enter?next=" in door
    assert "/join" in browser().get(f"{called(who='code').project.path}wall/in").content.decode()


def test_a_calendar_holds_the_same_event_for_ever():
    of = called()
    ics = f"{of.project.path}wall/come.ics"
    first = Calendar.from_ical(browser().get(ics).content).events[0]
    ana, later = given.ana().voice_id, of.starts_at + timedelta(days=1)
    plan = calling.plan_of(of)
    of = calling.change(of, Plan(**{**vars(plan), "starts_at": later}), by=ana, at=timezone.now())
    calling.call_off(of, words="Snow", by=ana, at=timezone.now())
    last = Calendar.from_ical(browser().get(ics).content).events[0]
    assert first["uid"] == last["uid"] and (first["sequence"], last["sequence"]) == (0, 2)
    assert last["status"] == "CANCELLED" and first["status"] == "CONFIRMED"
    assert last["dtstart"].dt - first["dtstart"].dt == timedelta(days=1)


def test_who_comes_is_reminded_a_day_and_an_hour_before_and_nobody_else():
    of = called(starts_at=timezone.now() + timedelta(hours=20))
    _comes(of, given.cleo())
    given.eve()
    _remind()
    assert _told() == [("Cleo", of.called_position)]
    Brainstorm.objects.update(starts_at=timezone.now() + timedelta(minutes=40))
    _remind(), _remind()
    assert _told() == [("Cleo", 1), ("Cleo", of.called_position)]


def test_who_comes_is_told_of_another_hour_and_that_it_is_off():
    past, ana = timezone.now() - GRACE - timedelta(seconds=5), given.ana().voice_id
    of = called(at=past)
    _comes(of, given.cleo())
    plan = {**vars(calling.plan_of(of)), "starts_at": of.starts_at + timedelta(days=1)}
    of = calling.change(of, Plan(**plan), by=ana, at=past)
    calling.call_off(of, by=ana, at=past)
    while pulling.pull():
        pass
    told = Notice.objects.filter(voice=given.cleo().voice).values_list("why", flat=True)
    assert set(told) == {"brainstorm_moved", "brainstorm_off"}
    assert "is called off" in browser(given.cleo()).get("/notices/").content.decode()


def test_a_begun_one_asks_nobody_whether_they_come():
    of = called()
    hosting.begin(of, "throw", by=given.ana().voice_id, at=timezone.now())
    page = browser().get(of.project.path).content.decode()
    assert "I’m coming" not in page and f"{of.project.path}wall/" in page
    assert browser().post(f"{of.project.path}wall/coming", **HERE).status_code == 409


def _comes(of, who):
    Coming.objects.create(project=of.project, voice=who.voice, at=timezone.now())


def _remind():
    while reminders.remind():
        pass


def _told():
    rows = Notice.objects.filter(log="ends").order_by("position")
    return list(rows.values_list("voice__name", "position"))
