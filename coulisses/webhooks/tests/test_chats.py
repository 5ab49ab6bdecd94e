"""Chats are told in their own shape, within their limits, and nobody is called by it."""

import re

import pytest
from hypothesis import given as supposing
from hypothesis import settings as pace
from hypothesis import strategies as some

from coulisses.moments.pictures import Picture
from coulisses.pages.tests import told as told_before
from coulisses.projects import rules as projects
from coulisses.testing import given
from coulisses.webhooks import rules
from coulisses.webhooks.chats import discord, mattermost, news, slack
from coulisses.webhooks.chats.news import INVISIBLE, News
from coulisses.webhooks.tests.listeners import hook, run, tell

LOUD = "@everyone <!channel> <@U123> @here &amp; [look](http://evil.example) **now** @channel"
CALLS = re.compile(r"@(everyone|here|channel|all)\b|(?<!\\)<[!@#]")


def heard(listener, form, words=LOUD, **more):
    project = given.project()
    hook(project, listener, form=form)
    told = tell(project, words, **more)
    run()
    [said] = listener.bodies
    assert "webhook-signature" not in listener.heard[0][0]
    return said, f"https://house.example{project.path}{told.position}"


@pytest.mark.django_db
def test_discord_gets_an_embed(listener):
    said, address = heard(listener, "discord", title="A crack", kind="failure")
    [embed] = said["embeds"]
    assert said["allowed_mentions"] == {"parse": []} and "content" not in said
    assert (embed["title"], embed["url"], embed["author"]) == ("A crack", address, {"name": "Ana"})
    assert embed["color"] == 0xC03C08 and embed["footer"] == {"text": "Boat · failure · 3"}
    assert "\\[look\\]\\(" not in embed["description"] and "look" in embed["description"]
    assert not CALLS.search(embed["description"])


@pytest.mark.django_db
def test_slack_gets_blocks_of_plain_text(listener):
    said, address = heard(listener, "slack", kind="doubt", asks="advice")
    kinds = [one["type"] for one in said["blocks"]]
    assert kinds == ["header", "section", "context"]
    header, section, context = said["blocks"]
    assert header["text"]["text"] == "Doubt" and section["text"]["type"] == "plain_text"
    assert "Asks for advice." in section["text"]["text"]
    assert context["elements"][-1] == {"type": "mrkdwn", "text": f"<{address}>", "verbatim": True}
    assert said["parse"] == "none" and not CALLS.search(said["text"])


@pytest.mark.django_db
def test_mattermost_gets_an_attachment(listener):
    said, address = heard(listener, "mattermost")
    [shown] = said["attachments"]
    assert shown["title_link"] == address and shown["author_name"] == "Ana"
    assert "\\*\\*" not in shown["text"] and not CALLS.search(shown["text"])


@pytest.mark.django_db
def test_a_chat_hears_the_projects_language(listener):
    project = given.project()
    hook(project, listener, form="discord")
    type(project).objects.update(language="fr")
    tell(project, "La quille est posée ?", kind="doubt", asks="courage")
    run()
    [embed] = listener.bodies[0]["embeds"]
    assert embed["title"] == "Doute" and embed["footer"]["text"] == "Boat · doute · 3"


@pytest.mark.django_db
def test_a_curtain_is_said_in_words(listener):
    project = given.project(is_raised=False)
    hook(project, listener, form="slack")
    projects.raise_curtain(project, by=given.ana().voice_id, at=given.minutes(1))
    run()
    assert listener.bodies[0]["blocks"][0]["text"]["text"] == "The curtain goes up"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["discord", "slack", "mattermost"])
@pytest.mark.parametrize("house", ["https://house.example", ""])
def test_a_picture_comes_along_where_the_house_knows_its_own_address(
    listener, settings, form, house
):
    settings.PUBLIC_URL = house
    project = given.project()
    hook(project, listener, form=form)
    told_before.picture(project, "git:keel")
    tell(project, "Look.", pictures=[Picture("git:keel", "the keel, in red")])
    run()
    said = str(listener.bodies[0])
    assert ("/3/picture/0/after/large" in said, "http" in said) == (bool(house), bool(house))


@pytest.mark.django_db
def test_a_test_says_what_it_is(listener):
    project = given.project()
    for form in ("coulisses", "discord", "slack", "mattermost"):
        webhook = hook(project, listener, form=form)
        rules.pause(webhook, at=given.NOON)
        rules.ask_test(webhook, at=given.minutes(1))
        run()
        assert len(listener.heard) == 1
        said = str(listener.bodies.pop())
        assert ("webhook.tested" in said) == (form == "coulisses")
        assert ("A test" in said) == (form != "coulisses")
        listener.heard.clear()


WORDS = some.text(some.sampled_from("@*_<>&!\\ ae\n`|[]()é😀"), max_size=9000)


@pace(max_examples=25, deadline=None)
@supposing(WORDS, WORDS)
def test_every_limit_holds_whatever_is_said(words, name):
    places = {"url": "https://h.example/1", "picture": "https://h.example/1.png"}
    said = News(name or "x", title=name or "x", words=words, by=name, alt=name, **places)
    [embed] = discord.spell(said)["embeds"]
    texts = [embed["title"], embed.get("description", ""), embed["footer"]["text"]]
    assert len(embed["title"]) <= 256 and len(texts[1]) <= 4096 and len(texts[2]) <= 2048
    assert sum(map(len, texts)) + len(embed.get("author", {"name": ""})["name"]) <= 6000
    blocks = slack.spell(said)["blocks"]
    limits = {"header": 150, "section": 3000}
    for block in blocks:
        if block["type"] in limits:
            assert len(block["text"]["text"]) <= limits[block["type"]]
    assert len(blocks) <= 50 and len(mattermost.spell(said)["attachments"][0]["text"]) <= 3500
    assert len(str(mattermost.spell(said))) < 8000


@pace(max_examples=25, deadline=None)
@supposing(WORDS)
def test_what_is_cut_never_calls_anybody_nor_ends_in_half_a_mark(words):
    for longest in (10, 150):
        done = news.unmarked(words, longest)
        assert len(done) <= longest and not re.search(rf"@[^\s{INVISIBLE}]", done)
        assert not re.sub(r"\\\\", "", done).endswith("\\")
