"""Files in a bucket of a real S3 server: kept, sent in parts, copied, deleted; it may be away."""

import hashlib
import urllib.error
import urllib.request

import pytest
from django.test import RequestFactory

from coulisses.host.backups import checking
from coulisses.media import leaving, ranges, staging, store, vaults
from coulisses.media.models import Leaving, Preview, Staged
from coulisses.media.vaults.bucket import BucketUnusable, FilesAway
from coulisses.testing import given, programs

pytestmark = pytest.mark.usefixtures("transactional_house")
LONG = bytes(range(256)) * 4 * 1024 * 6  # 6 MiB: sent in parts


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with programs.seaweed(tmp_path_factory.mktemp("s3")) as one:
        yield one


@pytest.fixture
def bucket(server, settings, tmp_path):
    settings.MEDIA_BUCKET = programs.media_of(server)
    settings.DATA = tmp_path
    programs.until_true(lambda: proves(vaults.media_bucket()), "the bucket answers")
    return vaults.media()


def proves(bucket):
    try:
        bucket.prove()
    except BucketUnusable:
        return False
    return True


def sent(preview, **headers):
    named = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    asked = RequestFactory().get("/", **named)
    answer = ranges.send(asked, store.kept(preview), kind=preview.mime, tag=preview.sha256[:32])
    body = b"".join(answer) if answer.streaming else answer.content
    return answer, body


def test_what_came_in_for_nothing_leaves_the_bucket_at_once_or_later(bucket, settings):
    project, address = given.project(), settings.MEDIA_BUCKET
    for is_reached in (True, False):
        stage = staging.begin(project.work_id, at=given.NOON)
        for _number in range(3):
            stage.keep([b"half a project"])
        assert len(list(bucket.names(stage.folder))) == 3
        if not is_reached:  # whoever brought it in died, or the bucket is away just then
            settings.MEDIA_BUCKET = "s3://key:secret@127.0.0.1:9/media?insecure=yes"
            with pytest.raises(FilesAway):
                staging.clear(stage)
            settings.MEDIA_BUCKET = address
            staging.clear_old()
        else:
            staging.clear(stage)
        assert not list(bucket.names(stage.folder)) and not Staged.objects.exists()


def test_what_is_kept_is_sent_whole_and_in_parts_and_is_nowhere_on_the_disk(bucket, tmp_path):
    project = given.project()
    shown = {"text": store.Shown(b"red"), "large": store.Shown(b"r" * 999, 4, 3)}
    store.keep(project.work, "git:one", reader="text", facts={}, previews=shown)
    whole = store.keep_original(project.work, "git:one", [LONG[:5_000_000], LONG[5_000_000:]])
    assert (whole.size, whole.sha256) == (len(LONG), hashlib.sha256(LONG).hexdigest())
    assert store.kept(store.open_preview(project.work, "git:one", "text")).read() == b"red"

    answer, body = sent(whole)
    assert (answer.status_code, answer["Content-Length"], body) == (200, str(len(LONG)), LONG)
    answer, body = sent(whole, range="bytes=300000-900000")
    assert (answer.status_code, body) == (206, LONG[300_000:900_001])
    assert answer["Content-Range"] == f"bytes 300000-900000/{len(LONG)}"
    assert sent(whole, range=f"bytes={len(LONG)}-")[0].status_code == 416
    assert sent(whole, if_none_match=answer["ETag"])[0].status_code == 304
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]

    report = checking.examine()
    assert (report.files, report.wrongs) == (3, [])
    bucket.remove(whole.path)
    assert checking.examine().wrongs == [f"media/{whole.path}: the file is missing"]


def test_a_program_gets_a_copy_which_goes_with_the_file(bucket):
    project = given.project()
    shown = {"text": store.Shown(b"a secret")}
    store.keep(project.work, "git:one", reader="text", facts={}, previews=shown)
    preview = store.open_preview(project.work, "git:one", "text")
    copy = store.location(preview)
    assert copy.read_bytes() == b"a secret"
    assert store.location(preview) == copy  # asked for again, it is not fetched again
    assert copy.stat().st_mode & 0o077 == 0
    store.shred(project.work, ["git:one"])
    assert not copy.exists()
    with pytest.raises(FileNotFoundError):
        bucket.kept(preview.path).read()
    assert not list(bucket.names(project.work_id))


def test_nobody_without_the_key_reads_anything(bucket, server):
    bucket.write("log/aa/one", [b"for members"])
    address = f"http://127.0.0.1:{server.port}/house/media/log/aa/one"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address, timeout=60)
    assert refused.value.code == 403


def test_of_two_who_send_the_same_piece_one_comes_second(bucket):
    bucket.write("arriving/a/piece-0", [b"first"], is_new=True)
    with pytest.raises(FileExistsError):
        bucket.write("arriving/a/piece-0", [b"second"], is_new=True)
    assert [(one.name, one.size) for one in bucket.names("arriving/a")] == [
        ("arriving/a/piece-0", 5)
    ]
    assert bucket.kept("arriving/a/piece-0").read() == b"first"


def test_a_bucket_that_keeps_what_is_deleted_is_refused(server, settings, bucket):
    settings.MEDIA_BUCKET = programs.media_of(server, "remembering")
    programs.until_true(lambda: proves(vaults.media_bucket()), "the bucket answers")
    said = server.say("s3.bucket.versioning -name remembering -status Enabled")
    assert "set to Enabled" in said
    with pytest.raises(BucketUnusable, match="versions"):
        vaults.media_bucket().prove()
    settings.MEDIA_BUCKET = programs.media_of(server).replace("secret", "wrong")
    with pytest.raises(BucketUnusable) as refused:
        vaults.media_bucket().prove()
    assert "wrong" not in str(refused.value)


def test_what_was_shredded_while_the_server_was_away_is_deleted_when_it_is_back(bucket, server):
    project = given.project()
    shown = {"text": store.Shown(b"a secret")}
    store.keep(project.work, "git:one", reader="text", facts={}, previews=shown)
    path = store.open_preview(project.work, "git:one", "text").path
    server.kill()
    with pytest.raises(FilesAway) as away:
        bucket.kept(path).read()
    assert away.value.status == 503
    store.shred(project.work, ["git:one"])
    assert not Preview.objects.exists()
    assert [one.path for one in Leaving.objects.all()] == [path]
    server.begin()
    programs.until_true(lambda: proves(vaults.media_bucket()), "the bucket answers again")
    leaving.carry_out()
    assert not Leaving.objects.exists()
    with pytest.raises(FileNotFoundError):
        bucket.kept(path).read()
