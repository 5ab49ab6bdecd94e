"""Previews are kept whole, shown by name, and taken out for good."""

from pathlib import Path

import pytest

from coulisses.log import ledger
from coulisses.media import store
from coulisses.media.models import Preview
from coulisses.media.store import PreviewNotFound, Shown, VersionShredded

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def media_folder(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def kept(log, name="git:1", data=b"picture"):
    previews = {"small": Shown(data, 4, 3), "large": Shown(data * 2, 8, 6)}
    return store.keep(log, name, reader="picture", facts={"width": 8}, previews=previews)


def test_a_version_is_kept_and_found_by_its_name(settings):
    log = ledger.open_log()
    kept(log)
    preview = store.open_preview(log, "git:1", "large")
    assert store.location(preview).read_bytes() == b"picturepicture"
    assert (preview.width, preview.height, preview.version.facts) == (8, 6, {"width": 8})
    assert store.known(log, ["git:1", "git:2"]) == {"git:1"}
    assert len(files(settings)) == 2


def test_another_log_does_not_see_it():
    kept(ledger.open_log())
    with pytest.raises(PreviewNotFound):
        store.open_preview(ledger.open_log(), "git:1", "large")


def test_kept_again_replaces_and_leaves_no_file_behind(
    settings, django_capture_on_commit_callbacks
):
    log = ledger.open_log()
    with django_capture_on_commit_callbacks(execute=True):
        kept(log)
        kept(log, data=b"better")
    assert store.location(store.open_preview(log, "git:1", "small")).read_bytes() == b"better"
    assert len(files(settings)) == 2
    assert Preview.objects.count() == 2


def test_shredded_is_gone_and_never_comes_back(settings, django_capture_on_commit_callbacks):
    log = ledger.open_log()
    kept(log)
    with django_capture_on_commit_callbacks(execute=True):
        store.shred(log, ["git:1", "git:not-yet-arrived"])
    assert files(settings) == []
    for name in ("git:1", "git:not-yet-arrived"):
        with pytest.raises(VersionShredded):
            kept(log, name)
    assert files(settings) == []
