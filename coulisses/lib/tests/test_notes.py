"""Signed notes and checkpoints: what is written is read again, and nothing else is."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from coulisses.lib import notes

SIGNER = notes.Signer("coulisses/log", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
OTHER = notes.Signer("coulisses/other", Ed25519PrivateKey.from_private_bytes(bytes(32)))
CHECKPOINT = notes.Checkpoint("coulisses/log", 412, bytes(range(32)))
NOTE = notes.sign(CHECKPOINT.text(), SIGNER)

# The example of the note format's reference implementation (golang.org/x/mod/sumdb/note).
REFERENCE_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
REFERENCE_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotp"
    "RZb6KE6RyyBwJnAM=\n"
)

texts = st.text(
    st.characters(exclude_categories=["Cs"]).filter(lambda char: char >= " " or char == "\n"),
    max_size=200,
).map(lambda text: text + "\n")


def test_the_reference_note_is_accepted():
    verifier = notes.Verifier.from_vkey(REFERENCE_VKEY)
    assert verifier.vkey() == REFERENCE_VKEY
    text = notes.open_note(REFERENCE_NOTE.encode(), [verifier])
    assert text.startswith("If you think cryptography")


@settings(deadline=None)
@given(texts)
def test_what_is_signed_is_read_again(text):
    note = notes.sign(text, SIGNER, OTHER)
    assert notes.open_note(note, [SIGNER.verifier]) == text
    assert notes.open_note(note, [OTHER.verifier, SIGNER.verifier]) == text


@settings(deadline=None, max_examples=400)
@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_a_note_with_any_byte_changed_is_refused(at, mask):
    changed = NOTE[:at] + bytes([NOTE[at] ^ mask]) + NOTE[at + 1 :]
    with pytest.raises(notes.NoteRefused):
        notes.open_note(changed, [SIGNER.verifier])


@given(st.integers(0, len(NOTE) - 1))
def test_a_note_cut_short_is_refused(length):
    with pytest.raises(notes.NoteRefused):
        notes.open_note(NOTE[:length], [SIGNER.verifier])


def test_a_note_by_somebody_else_proves_nothing():
    with pytest.raises(notes.UnverifiedNote):
        notes.open_note(NOTE, [OTHER.verifier])


def test_a_signature_under_another_text_is_called_forged():
    other_text = notes.Checkpoint("coulisses/log", 413, bytes(range(32))).text()
    forged = other_text.encode() + NOTE[NOTE.index(b"\n\n") + 1 :]
    with pytest.raises(notes.ForgedNote):
        notes.open_note(forged, [SIGNER.verifier])


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"no signature\n",
        b"text\n\n",
        b"text\n\nnot a signature\n",
        b"text\n\n\xe2\x80\x94 name\n",
        "text\n\n— name AAAA\n".encode(),
        "text\n\n— name AAAAAAAB\n— name".encode(),
        "te\rxt\n\n— name AAAAAAAB\n".encode(),
        "text\n\n— na+me AAAAAAAB\n".encode(),
        "text\n\n— name AAAAAAB=\n".encode(),
        b"\xff\n\n\xe2\x80\x94 name AAAAAAAB\n",
        b"a" * notes.MOST_NOTE_BYTES + NOTE,
        b"text\n\n" + "— name AAAAAAAB\n".encode() * (notes.MOST_SIGNATURES + 1),
    ],
)
def test_what_is_not_a_note_is_called_malformed(note):
    with pytest.raises(notes.MalformedNote):
        notes.open_note(note, [SIGNER.verifier])


@pytest.mark.parametrize("text", ["", "no newline", "tab\there\n", "half a pair \ud800\n"])
def test_a_text_that_cannot_be_a_note_is_not_signed(text):
    with pytest.raises(notes.MalformedNote):
        notes.sign(text, SIGNER)


def test_a_note_is_signed_by_somebody():
    with pytest.raises(notes.MalformedNote):
        notes.sign("text\n")


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+c74f20a3+!",
        REFERENCE_VKEY.replace("c74f20a3", "c74f20a4"),
        REFERENCE_VKEY.replace("c74f20a3", "C74F20A3"),
        REFERENCE_VKEY.replace("PeterNeumann", "Peter Neumann"),
        REFERENCE_VKEY.replace("+ARpc", "+BRpc"),
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ],
)
def test_what_is_not_a_verifier_key_is_refused(vkey):
    with pytest.raises(notes.MalformedKey):
        notes.Verifier.from_vkey(vkey)


@pytest.mark.parametrize(
    "name", ["", "two words", "a+b", "line\nbreak", "thin\u202fspace", "nul\0"]
)
def test_a_key_name_holds_no_space_and_no_plus(name):
    with pytest.raises(notes.MalformedKey):
        notes.Signer(name, SIGNER.key)


def test_a_private_key_is_never_printed():
    assert "Ed25519PrivateKey" not in repr(SIGNER)


@given(st.integers(0, (1 << 63) - 1), st.binary(min_size=32, max_size=32))
def test_a_checkpoint_is_read_again(size, root):
    checkpoint = notes.Checkpoint("coulisses/log", size, root, ("more to say",))
    assert notes.Checkpoint.parse(checkpoint.text()) == checkpoint


def test_a_checkpoint_reads_as_the_specification_writes_it():
    assert CHECKPOINT.text() == (
        "coulisses/log\n412\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"
    )


@pytest.mark.parametrize(
    "size", ["", "-1", "+1", "01", "1_0", "0x1", " 1", "١", str(1 << 63), "1.0"]
)
def test_a_size_that_is_no_plain_number_is_refused(size):
    with pytest.raises(notes.MalformedCheckpoint):
        notes.Checkpoint.parse(CHECKPOINT.text().replace("412", size))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n",
        "origin\n1\n",
        "origin\n1\nAAAA\n",
        CHECKPOINT.text()[:-1],
        CHECKPOINT.text() + "\n",
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text):
    with pytest.raises(notes.MalformedCheckpoint):
        notes.Checkpoint.parse(text)


@pytest.mark.parametrize(
    "checkpoint",
    [
        notes.Checkpoint("two\nlines", 1, bytes(32)),
        notes.Checkpoint("", 1, bytes(32)),
        notes.Checkpoint("coulisses/log", -1, bytes(32)),
        notes.Checkpoint("coulisses/log", 1, bytes(31)),
        notes.Checkpoint("coulisses/log", 1, bytes(32), ("",)),
    ],
)
def test_a_checkpoint_that_cannot_be_written_is_refused(checkpoint):
    with pytest.raises(notes.MalformedCheckpoint):
        checkpoint.text()
