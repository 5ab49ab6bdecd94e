"""Pushes, as GitHub, GitLab and Forgejo send them."""

import contextlib
import hashlib
import hmac
import json

import pytest
from django.test import Client
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from coulisses.capture import forges
from coulisses.capture.models import Hook
from coulisses.capture.refusals import PushNotUnderstood
from coulisses.capture.tests.saves import added, spelled
from coulisses.log.models import Entry
from coulisses.people.models import Account
from coulisses.testing import given
from coulisses.testing.checked import checked

OID = "3f" * 20
AT = "2026-05-03T14:00:00+02:00"


def commit(**more):
    """A commit as every forge describes it."""
    return {
        "id": OID,
        "message": "Round the hull\n\nIt read as flat.\n\nSigned-off-by: Zoé <zoe@example.org>",
        "timestamp": AT,
        "url": f"https://forge.example/atelier/boat/commit/{OID}",
        "author": {"name": "Zoé", "email": "zoe@example.org"},
        "added": ["hull.md"],
        "modified": ["boat.png", ".env"],
        "removed": ["old.txt"],
    } | more


def push(*commits, ref="refs/heads/main"):
    """A push to the default branch."""
    return {"ref": ref, "repository": {"default_branch": "main"}, "commits": list(commits)}


def opened(program, forge):
    """A hook of Ana's, as the API hands it out."""
    return program.post("atelier/boat/hooks", {"forge": forge}).json()


def sent(hook, said, *, secret=None, event="push", **headers):
    """Send what a forge would send, proved as that forge proves it."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    secret = secret or hook["secret"]
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    proofs = {
        "github": {"X-GitHub-Event": event, "X-Hub-Signature-256": f"sha256={signature}"},
        "gitlab": {"X-Gitlab-Event": f"{event.title()} Hook", "X-Gitlab-Token": secret},
        "forgejo": {"X-Forgejo-Event": event, "X-Forgejo-Signature": signature},
    }
    path = hook["url"].removeprefix("http://testserver")
    return Client().post(
        path, body, content_type="application/json", headers=proofs[hook["forge"]] | headers
    )


@pytest.mark.django_db
@pytest.mark.parametrize("forge", ["github", "gitlab", "forgejo"])
def test_a_push_tells_its_commits_once(ana, forge):
    project = given.project()
    hook = opened(ana, forge)
    answers = [sent(hook, push(commit())) for _ in "12"]
    assert [one.json() for one in answers] == [{"heard": 1, "told": 1}, {"heard": 1, "told": 0}]
    entry = Entry.objects.get(log=project.work, position=3)
    fact = entry.fact
    assert (fact.title, fact.body) == ("Round the hull", "It read as flat.")
    assert [(one["what"], one["path"]) for one in fact.changes] == [
        ("added", "hull.md"),
        ("changed", "boat.png"),
        ("removed", "old.txt"),
    ]
    assert fact.held == [{"path": ".env", "reason": "env_file"}]
    assert fact.link == f"https://forge.example/atelier/boat/commit/{OID}"
    assert entry.happened_at.isoformat() == "2026-05-03T12:00:00+00:00"
    said = json.dumps(entry.sealed.said, ensure_ascii=False).lower()
    assert "zoe@" not in said and "zoé" not in said
    assert Hook.objects.get().heard_at
    assert checked(project.work) == 3


@pytest.mark.django_db
def test_what_the_agent_told_is_not_told_again(ana):
    project = given.project()
    hook = opened(ana, "github")
    ana.post(
        "atelier/boat/captures", {"captures": [spelled(1, added("a.md", "a"), once=f"git:{OID}")]}
    )
    assert sent(hook, push(commit())).json() == {"heard": 1, "told": 0}
    assert checked(project.work) == 3


@pytest.mark.django_db
def test_the_makers_own_commits_are_the_owners(ana):
    project = given.project()
    owner = Account.objects.get(pk=given.ana().pk)
    mine = commit(author={"name": "Ana", "email": (owner.email or "").upper()})
    sent(opened(ana, "forgejo"), push(mine))
    entry = Entry.objects.get(log=project.work, position=3)
    assert entry.by == owner.voice_id
    assert entry.fact.author_is_owner


@pytest.mark.django_db
@pytest.mark.parametrize("forge", ["github", "gitlab", "forgejo"])
def test_eve_does_not_know_the_secret(ana, forge):
    project = given.project()
    hook = opened(ana, forge)
    wrong = sent(hook, push(commit()), secret="guessed")
    unsigned = Client().post(
        hook["url"].removeprefix("http://testserver"),
        json.dumps(push(commit())),
        content_type="application/json",
        headers={"X-GitHub-Event": "push"},
    )
    for answer in (wrong, unsigned):
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:coulisses:signature-wrong")
    assert checked(project.work) == 2


@pytest.mark.django_db
def test_other_branches_and_other_events_tell_nothing(ana):
    project = given.project()
    hook = opened(ana, "github")
    draft = push(commit(), ref="refs/heads/draft")
    for answer in (sent(hook, draft), sent(hook, {"zen": "Ship it."}, event="ping")):
        assert answer.json() == {"heard": 0, "told": 0}
    assert checked(project.work) == 2


@pytest.mark.django_db
def test_a_secret_in_a_message_is_held_back(ana):
    project = given.project()
    told = commit(message="Deploy with AKIAQYLPMN5HFIQR7XYZ")
    sent(opened(ana, "github"), push(told))
    fact = Entry.objects.get(log=project.work, position=3).fact
    assert (fact.title, fact.body) == ("", "")
    assert {"path": "", "reason": "aws_access_key"} in fact.held


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said",
    [b"{", b"[]", b"null", b'{"ref": 1}', b"[" * 100_000, push({"id": OID}), push(commit(id="x"))],
)
def test_what_is_no_push_is_refused_by_name(ana, said):
    project = given.project()
    answer = sent(opened(ana, "github"), said)
    if answer.status_code != 200:
        assert (answer.status_code, answer.json()["type"]) == (
            422,
            "urn:coulisses:push-not-understood",
        )
    assert checked(project.work) == 2


@pytest.mark.django_db
def test_a_closed_hook_hears_nobody_and_only_an_owner_opens_one(ana, bo, eve):
    given.project()
    hook = opened(ana, "github")
    for program in (bo, eve):
        refused = program.post("atelier/boat/hooks", {"forge": "github"})
        assert refused.status_code == 403
        assert program.ask("DELETE", f"atelier/boat/hooks/{hook['id']}").status_code == 403
    assert ana.ask("DELETE", f"atelier/boat/hooks/{hook['id']}").status_code == 204
    assert sent(hook, push(commit())).status_code == 404


@pytest.mark.django_db
def test_ana_opens_and_closes_a_hook_on_the_page(client):
    project = given.project()
    client.force_login(given.ana())
    page = client.post(f"{project.path}hooks/open", {"forge": "gitlab"})
    hook = Hook.objects.get()
    assert (page.status_code, page["Cache-Control"]) == (201, "private, no-store")
    assert hook.secret in page.content.decode()
    assert hook.secret not in client.get(f"{project.path}hooks/").content.decode()
    client.post(f"{project.path}hooks/close", {"id": hook.pk})
    assert not Hook.objects.exists()
    client.force_login(given.bo())
    assert client.get(f"{project.path}hooks/").status_code == 403


@drawn(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["ref", "repository", "commits", "id", "author", "timestamp", "added"]
                ),
                inner,
            )
        ),
    )
)
@settings(max_examples=60)
def test_any_json_is_read_or_refused(said):
    with contextlib.suppress(PushNotUnderstood):
        forges.pushed(json.dumps(said).encode(), {"X-GitHub-Event": "push"})
