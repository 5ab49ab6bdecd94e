"""From nothing to a project, and a studio's desk."""

import pytest
from django.test import Client

from coulisses.projects import addresses, opening, rules
from coulisses.projects.models import Project, Role, Studio, Token
from coulisses.projects.refusals import TooManyStudios
from coulisses.testing import given

pytestmark = pytest.mark.django_db
NEW = {"title": "The Boat", "studio": "new", "name": "Ana’s Atelier"}


def come_in(account):
    client = Client()
    client.force_login(account)
    return client


def words(answer):
    return answer.content.decode()


def test_cleo_makes_her_studio_and_a_project_in_one_form():
    answer = come_in(given.cleo()).post("/desk/new/", {**NEW, "line": "A boat of oak."})
    assert answer["Location"] == "/desk/@ana-s-atelier/the-boat/"
    project = Project.objects.get()
    assert (project.title, project.line, project.is_raised) == ("The Boat", "A boat of oak.", False)
    assert Role.objects.get(studio=project.studio).account == given.cleo()
    assert come_in(given.eve()).get(project.path).status_code == 404


def test_where_she_lands_the_first_step_is_ready():
    cleo = come_in(given.cleo())
    landed = words(cleo.get(cleo.post("/desk/new/", NEW)["Location"]))
    assert "/desk/@ana-s-atelier/the-boat/tell/" in landed and "in rehearsal" in landed


def test_ana_chooses_in_which_of_her_studios():
    studio = given.studio()
    page = words(come_in(given.ana()).get("/desk/new/"))
    assert studio.pk in page and "A new studio" in page
    chosen = words(come_in(given.ana()).get(f"/desk/new/?studio={studio.pk}"))
    assert f'value="{studio.pk}" selected' in chosen
    answer = come_in(given.ana()).post("/desk/new/", {"title": "Raft", "studio": studio.pk})
    assert answer["Location"] == "/desk/@atelier/raft/"


def test_who_has_a_studio_is_told_how_a_project_comes_from_another_house():
    given.studio()
    assert 'href="/desk/new/arrival/"' in words(come_in(given.ana()).get("/desk/new/"))
    assert "arrival" not in words(come_in(given.cleo()).get("/desk/new/"))


def test_names_that_are_taken_get_a_number_by_themselves():
    project = given.project()
    ana = come_in(given.ana())
    answer = ana.post("/desk/new/", {"title": "Boat", "studio": project.studio_id})
    assert answer["Location"] == "/desk/@atelier/boat-2/"
    answer = ana.post("/desk/new/", {"title": "Boat", "studio": "new", "name": "Atelier"})
    assert answer["Location"] == "/desk/@atelier-2/boat/"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"slug": "boat"}, "“boat-2” is free"),
        ({"slug": "team"}, "a word that the house keeps for itself"),
        ({"slug": "my boat"}, "cannot be an address"),
        ({"studio": "new", "name": "x", "studio_slug": "ate1ier"}, "“ate1ier-2” is free"),
        ({"studio": "new", "name": "x", "studio_slug": "admin"}, "keeps for itself"),
        ({"studio": "new", "name": "  "}, "needs a name"),
        ({"studio": "of somebody else"}, "Select a valid choice"),
        ({"title": ""}, "required"),
    ],
)
def test_what_is_refused_comes_back_with_all_that_was_typed(typed, said):
    project = given.project()
    sent = {"title": "Ship", "line": "Of oak.", "studio": project.studio_id, **typed}
    answer = come_in(given.ana()).post("/desk/new/", sent)
    page = words(answer)
    assert (answer.status_code, Project.objects.count()) == (422, 1)
    assert said in page and 'value="Of oak."' in page


def test_an_address_that_is_free_stands_in_the_field_ready_to_be_sent():
    project = given.project()
    sent = {"title": "Ship", "studio": project.studio_id, "slug": "boat"}
    assert 'value="boat-2"' in words(come_in(given.ana()).post("/desk/new/", sent))


def test_eve_opens_nothing_in_anas_studio_and_neither_does_fay():
    studio = given.studio()
    for account in (given.eve(), given.fay(studio)):
        sent = {"title": "Trap", "studio": studio.pk, "name": ""}
        assert come_in(account).post("/desk/new/", sent).status_code == 422
        assert studio.pk not in words(come_in(account).get("/desk/new/"))
    assert not Project.objects.exists()


def test_one_account_opens_only_so_many_studios():
    eve = given.eve()
    for number in range(opening.MOST_STUDIOS):
        rules.open_studio(slug=f"studio-of-{number}", name="x", owner=eve)
    answer = come_in(eve).post("/desk/new/", NEW)
    assert (answer.status_code, str(TooManyStudios(count=20)) in words(answer)) == (409, True)


def test_a_studio_says_its_name_and_line_everywhere():
    project = given.project()
    ana = come_in(given.ana())
    answer = ana.post("/desk/@atelier/", {"name": "The Yard", "line": "Boats, slowly."})
    assert answer["Location"] == "/desk/@atelier/"
    assert "The Yard" in words(Client().get(project.path))
    assert "Boats, slowly." in words(Client().get("/@atelier/"))
    assert ana.post("/desk/@atelier/", {"name": " "}).status_code == 422


def test_projects_stand_in_the_order_that_ana_gave_them():
    boat, raft = given.project("boat"), given.project("raft")
    ana = come_in(given.ana())
    first = list(Project.objects.order_by("place", "-opened_at", "pk"))
    ana.post("/desk/@atelier/order", {"down": first[0].pk})
    assert list(Project.objects.order_by("place")) == [first[1], first[0]]
    ana.post("/desk/@atelier/order", {"up": first[0].pk})
    assert list(Project.objects.order_by("place")) == first
    for nothing in ("", "x", "\r\nSet-Cookie: a=b", boat.pk + raft.pk):
        assert ana.post("/desk/@atelier/order", {"up": nothing}).status_code == 302
    ana.post("/desk/@atelier/order", {"down": first[0].pk})
    rules.raise_curtain(given.project("ship", is_raised=False), by=boat.pk, at=given.minutes(9))
    page = words(Client().get("/@atelier/"))
    assert page.index("/@atelier/ship/") < page.index(first[1].path) < page.index(first[0].path)


def test_a_token_is_shown_once_and_ends_when_it_is_revoked(django_assert_num_queries):
    project = given.project()
    bo = come_in(given.bo())
    made = bo.post("/desk/@atelier/tokens/", {"label": "laptop", "can": ["read", "tell"]})
    secret = made.context["secret"]
    assert secret in words(made) and "no-store" in made["Cache-Control"]
    assert secret not in words(bo.get("/desk/@atelier/tokens/"))
    api = "/api/v1/projects/atelier/boat/entries"
    headers = {"Authorization": f"Bearer {secret}"}
    assert Client().get(api, headers=headers).status_code == 200
    token = Token.objects.get()
    assert token.used_on and project.studio_id == token.studio_id
    with django_assert_num_queries(3):
        Client().get(api, headers=headers)
    bo.post("/desk/@atelier/tokens/revocation", {"token": token.pk})
    assert Client().get(api, headers=headers).status_code == 401


def test_tokens_are_bounded():
    studio = given.studio()
    for number in range(rules.MOST_TOKENS):
        rules.issue_token(studio, given.bo(), label=str(number), at=given.NOON)
    answer = come_in(given.bo()).post(
        "/desk/@atelier/tokens/", {"label": "1 more", "can": ["read"]}
    )
    assert (answer.status_code, "50 tokens here already" in words(answer)) == (422, True)
    assert Token.objects.count() == rules.MOST_TOKENS


def test_a_token_is_its_owners_and_the_studios_owner_sees_all():
    studio = given.studio()
    for account in (given.ana(), given.bo()):
        rules.issue_token(studio, account, label=f"of {account}", at=given.NOON)
    page = words(come_in(given.bo()).get("/desk/@atelier/tokens/"))
    assert "of Bo" in page and "of Ana" not in page
    assert "of Bo" in words(come_in(given.ana()).get("/desk/@atelier/tokens/"))
    hers = Token.objects.get(account=given.ana())
    for number in (hers.pk, "", "x", "\0"):
        answer = come_in(given.bo()).post("/desk/@atelier/tokens/revocation", {"token": number})
        assert answer.status_code == 404
    come_in(given.ana()).post(
        "/desk/@atelier/tokens/revocation", {"token": Token.objects.get(account=given.bo()).pk}
    )
    assert [one.account for one in Token.objects.all()] == [given.ana()]


def test_an_old_address_leads_on_with_the_path_below_it():
    project = given.project()
    ana = come_in(given.ana())
    assert ana.post("/desk/@atelier/boat/address/", {"slug": "Ship"})["Location"] == (
        "/desk/@atelier/ship/address/"
    )
    assert ana.post("/desk/@atelier/address/", {"slug": "yard"})["Location"] == (
        "/desk/@yard/address/"
    )
    for was, now in [
        ("/@atelier/boat/", "/@yard/ship/"),
        ("/@atelier/boat/1?before=2&x=%C3%A9", "/@yard/ship/1?before=2&x=%C3%A9"),
        ("/@atelier/boat/feed.atom", "/@yard/ship/feed.atom"),
        ("/@yard/boat/files/a%20b.txt", "/@yard/ship/files/a%20b.txt"),
        ("/@atelier/", "/@yard/"),
        ("/@atelier/ship/proof/", "/@yard/ship/proof/"),
    ]:
        answer = Client().get(was)
        assert (answer.status_code, answer["Location"]) == (301, now)
        assert "no-cache" in answer["Cache-Control"]  # so that changing back works
    for was in ("/desk/@atelier/boat/", "/desk/@atelier/team/"):
        assert ana.get(was).status_code == 301
    assert come_in(given.eve()).get("/desk/@atelier/team/").status_code == 404
    sent = ana.post("/@atelier/boat/1/pin", {"action": "pin"})
    assert (sent.status_code, sent["Location"]) == (308, "/@yard/ship/1/pin")
    assert project.pk == Project.objects.get(slug="ship").pk


def test_programs_go_on_by_the_old_address():
    project = given.project(is_raised=False)
    secret = rules.issue_token(project.studio, given.ana(), label="laptop", at=given.NOON)
    addresses.move_project(project, "ship")
    addresses.move_studio(project.studio, "yard")
    headers = {"Authorization": f"Bearer {secret}"}
    api = "/api/v1/projects/atelier/boat"
    told = Client().post(
        f"{api}/moments",
        {"kind": "note", "title": "x"},
        content_type="application/json",
        headers=headers,
    )
    assert (told.status_code, told.json()["url"]) == (201, "http://testserver/@yard/ship/2")
    assert len(Client().get(f"{api}/entries", headers=headers).json()["entries"]) == 2
    found = Client().put(api, {"title": "Boat"}, content_type="application/json", headers=headers)
    assert (found.status_code, Project.objects.count()) == (200, 1)
    assert Client().get(f"{api}/entries").status_code == 404


def test_an_old_address_is_let_go_from_the_page():
    project = given.project()
    ana = come_in(given.ana())
    ana.post("/desk/@atelier/boat/address/", {"slug": "ship"})
    assert "boat" in words(ana.get("/desk/@atelier/ship/address/"))
    ana.post("/desk/@atelier/ship/address/old", {"slug": "boat"})
    assert Client().get("/@atelier/boat/").status_code == 404
    refused = ana.post("/desk/@atelier/ship/address/old", {"slug": "ship"})
    assert refused.status_code == 409
    taken = ana.post("/desk/@atelier/ship/address/", {"slug": "team"})
    assert (taken.status_code, "keeps for itself" in words(taken)) == (422, True)
    assert Project.objects.get(pk=project.pk).slug == "ship"


def test_a_studio_that_shows_nothing_is_not_there_for_others():
    given.project(is_raised=False)
    for client in (Client(), come_in(given.eve())):
        assert client.get("/@atelier/").status_code == 404
    assert come_in(given.bo()).get("/@atelier/").status_code == 200
    assert Studio.objects.count() == 1


@pytest.mark.parametrize("name", ["Bo", "Fay"])
def test_only_an_owner_decides_about_the_studio(name):
    project = given.project()
    given.fay(project.studio)
    client = come_in(given.account(name))
    for address in ("", "address/", "address/old", "boat/address/", "boat/address/old"):
        sent = {"slug": "mine", "name": "mine"}
        assert client.post(f"/desk/@atelier/{address}", sent).status_code == 403
    project.refresh_from_db()
    assert (project.slug, project.studio.slug) == ("boat", "atelier")
