"""Parts of files: what is asked for, handed over as it stands on the disk."""

import pytest

from coulisses.media import ranges

DATA = bytes(range(256)) * 40

# An answer that is closed ends a request, and with it what is left of connections in this process.
pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(DATA)
    return path


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-0", DATA[:1]),
        ("bytes=2-5", DATA[2:6]),
        ("bytes=10000-", DATA[10000:]),
        ("bytes=-7", DATA[-7:]),
        ("bytes=-99999999", DATA),
        ("bytes=0-999999999999999999", DATA),
    ],
)
def test_a_part_is_handed_over_and_not_copied(rf, file, asked, part):
    response = ranges.send(rf.get("/", headers={"range": asked}), file, kind="a/b", tag="t")
    assert response.file_to_stream is not None
    assert (response.status_code, response["Content-Length"]) == (206, str(len(part)))
    assert b"".join(response) == part
    response.close()
    with pytest.raises(ValueError, match="closed"):
        response.file_to_stream.read(1)


@pytest.mark.parametrize("asked", ["bytes=10240-", "bytes=5-2", "bytes=-0"])
def test_what_is_not_there_is_said_so(rf, file, asked):
    response = ranges.send(rf.get("/", headers={"range": asked}), file, kind="a/b", tag="t")
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */10240")


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,3-4", "bytes=٣-", "bytes=-", "lines=1-2", "bytes=a-b"]
)
def test_of_anything_else_the_whole_is_sent(rf, file, asked):
    headers = {"range": asked.encode().decode("latin-1")}
    response = ranges.send(rf.get("/", headers=headers), file, kind="a/b", tag="t")
    assert response.status_code == 200 and b"".join(response) == DATA
