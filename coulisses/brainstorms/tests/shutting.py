"""A closed wall with all on it that must not get out, and whoever looks or must not."""

import json
import re
from dataclasses import replace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coulisses.brainstorms import (
    calling,
    closing,
    gathering,
    pictures,
    settling,
    throwing,
    watching,
)
from coulisses.brainstorms.models import Entrance
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_wall import WALL, come, dan
from coulisses.credits import gathering as credits
from coulisses.guests import codes
from coulisses.live.tests.following import say
from coulisses.projects import heard
from coulisses.testing import given
from coulisses.voices.kinds import VoiceSaid
from coulisses.voices.tests.pictures import png
from tools import reference

STAGE, PROJECT = "@<studio>/<project>/", "/@atelier/night/"
SECRETS = (
    *("Zanzibar lanterns", "Ptarmigan bells", "A violet heron", "Obsidian family", "Quincy"),
    *("Marmalade murmurs", "Too many bells"),
)
# What says how one comes in, and shows no idea; all else below `wall/` is closed.
POSTER = ("wall/coming", "wall/come.ics", "wall/code.svg", "wall/in")
MOMENT = 3  # the cue under which something was said
FORMS = ("csv", "json", "md", "pdf", "png", "svg")


def shut(who="code", phase="ended"):
    """Return a closed brainstorm in which all was said that must not get out, and its code."""
    night, at = storming.called(who=who, names="named"), timezone.now()
    hand, project = {"by": given.ana().voice_id, "at": at}, night.project
    night = calling.change(night, replace(calling.plan_of(night), who_looks="within"), **hand)
    code, quincy = codes.make(project, at=at).code, given.guest("Quincy").voice_id
    Entrance.objects.create(project=project, voice_id=quincy, code=code, at=at)
    by = quincy if who == "code" else given.bo().voice_id
    night = storming.begun(night, "throw", at=at)
    shown = pictures.keep(project, SimpleUploadedFile("a.png", png()), "A violet heron")
    first = throwing.throw(night, "Zanzibar lanterns hum", by=by, at=at, picture=shown).position
    second = throwing.throw(night, "Ptarmigan bells", by=by, at=at).position
    third = throwing.throw(night, "A plank that is kept", by=by, at=at).position
    told = say(project, "A moment")
    heard.say(project, VoiceSaid(cue=told.position, words="Marmalade murmurs"), by=by, at=at)
    if phase == "ended":
        night = storming.begun(night, "gather", at=at)
        family = gathering.begin_family(night, "Obsidian family", **hand).position
        gathering.gather(night, [first, second], family, **hand)
        night = storming.begun(night, "settle", at=at)
        settling.settle(night, third, is_kept=True, words="Yes", taken_by="Bo", **hand)
        settling.settle(night, second, is_kept=False, words="Too many bells", taken_by="", **hand)
        closing.close(night, **hand)
        credits.gather(project, at=at)
    return storming.now(night), code


def by_code(code, client=None):
    client = client or Client()
    client.get(f"/j/{code}")
    return client


def addresses(night):
    """Yield every address below the project, and its paths with the places that there are."""
    ideas = list(night.project.ideas.order_by("position").values_list("position", flat=True))
    word, told = ideas[-1] + 1, night.project.work.size
    places = {"variant": ["small"], "form": FORMS, "rest": ["0/000"], "side": ["after"]}
    for address in reference.addresses():
        if address.startswith(STAGE):
            below = address.removeprefix(STAGE)
            cues = ideas if below.startswith("wall/") else [MOMENT, told]
            paths = [PROJECT + below]
            for name in re.findall(r"<(\w+)>", below):
                known = {**places, "position": cues, "said": [word]}.get(name, ["1"])
                paths = [one.replace(f"<{name}>", str(place)) for one in paths for place in known]
            yield below, paths


def said(answer):
    """Return all that an answer gives away: its body, and its headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + json.dumps(dict(answer.headers))


def leaks(text):
    return [one for one in SECRETS if one in text]


def outsiders(code):
    """Return those who must not: Dan, Eve, Eve with a code of before, Cleo who is no member."""
    old = by_code(code, come(given.eve()))
    given.studio("elsewhere", owner=given.eve())
    return {"Dan": dan(), "Eve": come(given.eve()), "Eve’s code": old, "Cleo": come(given.cleo())}


def refused(answer, name, path):
    """Find that an answer leads to the door, or is a refusal, and gives nothing away."""
    led = answer.status_code == 302 and answer["Location"] == f"{WALL}in"
    assert led or answer.status_code in (403, 404, 405), (name, path, answer.status_code)
    assert not leaks(said(answer)), (name, path)


def looks(client):
    """Whether somebody sees the wall; others are led to its door."""
    answer = client.get(WALL)
    assert answer.status_code == 200 or answer["Location"] == f"{WALL}in"
    return answer.status_code == 200 and "Zanzibar lanterns" in answer.content.decode()


def watcher(night):
    """Return the browser of a client who may veto, and who they are."""
    who, secret = watching.let_watch(
        night, label="Mr Dupont", by=given.ana(), at=timezone.now(), until=None
    )
    client = Client()
    client.get(f"/watch/{secret}")
    return client, who.viewer
