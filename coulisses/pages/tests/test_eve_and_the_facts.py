"""What an agent says of a file may be anything: Eve runs one, and every page stands."""

import pytest

from coulisses.capture import previews, rules, uploads
from coulisses.capture.tests import saves
from coulisses.capture.tests.test_previews import webp
from coulisses.media import store
from coulisses.pages.tests import told
from coulisses.testing import given
from coulisses_readers import sound
from coulisses_readers.tests import sounds

pytestmark = pytest.mark.django_db

GIANT = 10**400
SCRIPT = "<script>alert(1)</script>"
TURNED = "gnp.\u202eboat"
WRONG = [
    {"reason": ["x"], "changed": True, "where": {"0": 1}},
    {"reason": {"bomb": 1}, "changed": GIANT, "where": [GIANT, 0, 1, 1]},
    {"reason": 7, "changed": SCRIPT, "where": [0, 0, 0, 0], "pages": SCRIPT},
    {"reason": SCRIPT, "changed": 1000, "where": [999, 999, 1, 1], "pages": True},
    {"pages": GIANT, "changed_pages": [GIANT, True, -1, SCRIPT, None, [2]]},
    {"pages": -3, "changed_pages": {"2": 3}, "width": SCRIPT, "colour": SCRIPT},
    {"series": [{"name": SCRIPT, "value": GIANT}, {"name": TURNED, "value": -GIANT}]},
    {"series": [{"name": SCRIPT, "value": 5e-324, "unit": "<b>"}, 7, None, {"name": [1]}]},
    {"series": [{"name": TURNED, "value": 1e300, "unit": "%"}, {"name": "", "value": 1}]},
    {"series": {"name": "a"}, "bytes": GIANT},
    {"seconds": 0.001, "waveform": [255] * 480, "loudness": SCRIPT, "heard": [1], "bytes": -1},
    {"seconds": 86400, "waveform": [0], "loudness": -70, "heard": GIANT},
    {"seconds": True, "waveform": [True], "loudness": GIANT},
    {"seconds": GIANT, "waveform": {"0": 1}, "heard": SCRIPT},
    {"seconds": 1, "waveform": [GIANT, -1, 1.5], "loudness": [-20]},
]
WORDS = f"{SCRIPT}\t{TURNED}\x00\x07\n[{SCRIPT}]\n\n\n\n{'w' * 5000}\n".encode()
MP3 = sound.look(sounds.sound("wav", 1), "a.wav").previews["sound"].bytes
READERS = ("picture", "sound", "document", "figures", "prose", "code", "plain")


def kept(project, name, reader, facts):
    shown = {"small": webp(), "large": webp(), "p2": webp(), "sound": MP3, "text": WORDS}
    previews.keep(project, name, facts={"reader": reader} | facts, previews=shown)
    return name


@pytest.mark.parametrize("reader", READERS)
def test_whatever_is_said_of_a_version_every_page_stands(client, reader):
    project = given.project("boat")
    pages = [project.path, f"{project.desk}tray/", f"{project.path}feed.atom"]
    for number, facts in enumerate(WRONG):
        path = f"{number}.{reader}"
        first, last = (kept(project, f"git:{number}{one}", reader, facts) for one in "ab")
        told.save(project, told.change(path, reader, first), title="One")
        change = told.change(path, reader, last, first)
        entry = told.save(project, change, title="Two")
        pages += [f"{project.path}{entry.position}", f"{project.path}files/{path}"]
        how = {"by_owner": given.ana().voice_id, "at": given.NOON}
        rules.take(project, [saves.save(number, change, policy="hold")], **how)
    client.force_login(given.ana(), backend="django.contrib.auth.backends.ModelBackend")
    for number, address in enumerate(pages):
        language = {"Accept-Language": ("en", "fr")[number // 2 % 2]}
        answer = client.get(address, headers=language)
        assert answer.status_code == 200, address
        said = answer.content.decode()
        assert SCRIPT not in said and "\u202e" not in said and "\x00" not in said
    assert client.get("/").status_code == 200


def test_a_file_goes_on_by_an_upload_whatever_was_said_of_its_former_state():
    project = given.project("boat")
    for number, facts in enumerate(WRONG):
        name = kept(project, f"git:{number}", "picture", facts)
        told.save(project, told.change(f"{number}.webp", "picture", name), title="One")
        upload = uploads.Upload(f"{number}.webp", webp(31, 30))
        entry = uploads.take(project, upload, by=given.ana().voice_id, at=given.minutes(9))
        assert entry.fact.changes[0]["before"]["version"] == name


def test_the_greatest_figures_are_apart_by_a_number(client):
    project = given.project("boat")
    facts = {"series": [{"name": "Sold", "value": 1, "unit": "%"}]}
    store.keep(project.work, "git:a", reader="figures", facts=facts, previews={})
    moved = {"figures": [{"name": "Sold", "before": -1e300, "after": 1e300}]}
    entry = told.save(project, told.change("club.csv", "figures", "git:a") | moved, title="One")
    for language in ("en", "fr"):
        address = f"{project.path}{entry.position}"
        answer = client.get(address, headers={"Accept-Language": language})
        assert "2e+300 point" in answer.content.decode()
    with pytest.raises(ValueError, match="less than or equal to"):
        saves.save(4, saves.added("club.csv", "b") | {"figures": [{"name": "A", "after": 1e301}]})
