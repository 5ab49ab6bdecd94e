"""What is said now, derived from the room's log as it grows; a replay makes it anew."""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import F

from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.projects import heard, unsaying
from coulisses.projects.models import Project
from coulisses.voices.kinds import VoiceAmended, VoiceSaid
from coulisses.voices.models import Part, Talk, Word
from coulisses.voices.refusals import TakenBackAlready

A_TURN = 500  # rows written at once


@heard.keeps(VoiceSaid.kind_name)
def follow(project: Project, entry: Entry) -> None:
    """Let what was just noted stand: its thread, its voice, and whom it waits for."""
    fact = entry.fact
    if not isinstance(fact, VoiceSaid):
        return  # tampered with; the proof says so
    word = _word(project, entry, fact)
    word.save(force_insert=True)
    if fact.to and fact.is_maker:
        Word.objects.filter(project=project, position=word.thread).update(is_waiting=False)
    _count(project, entry, fact)
    heard.stir(project)


@heard.keeps(VoiceAmended.kind_name)
def stand_anew(project: Project, entry: Entry) -> None:
    """Let words be said anew only where the first still stand. Raises TakenBackAlready.

    It is asked behind the room's lock: what was taken back meanwhile, or while the new words waited
    for a look, does not come back by them.
    """
    gone = Word.objects.filter(project=project, position=entry.about or 0, is_gone=True)
    require(not gone.exists(), TakenBackAlready)


@unsaying.also
def leave(project: Project, entry: Entry) -> None:
    """Let what is taken back stand as a place without words."""
    word = Word.objects.filter(project=project, position=entry.position, is_gone=False).first()
    if word is None:
        return
    Word.objects.filter(pk=word.pk).update(is_gone=True, is_waiting=False)
    _uncount(project, word)
    if word.is_maker and not word.is_first:
        _wait_again(project, word.thread)


@transaction.atomic
def replay(project: Project) -> None:
    """Derive all of it anew from the room's log as it stands.

    Of what was taken back the thread is known no more, so its row stays as it was where it still
    is; in a log that has just arrived it is a place without words and without answers.
    """
    gone = {one.position: one for one in Word.objects.filter(project=project, is_gone=True)}
    words, parts = dict[int, Word](), dict[tuple[int, str], Part]()
    told = Entry.objects.filter(log=project.room_id).select_related("sealed").order_by("position")
    for entry in told.iterator(chunk_size=500):
        fact = entry.fact
        if entry.position in gone and entry.is_shredded:
            words[entry.position] = gone[entry.position]
            words[entry.position].pk = None
        elif entry.kind == VoiceSaid.kind_name and isinstance(fact, VoiceSaid):
            words[entry.position] = word = _word(project, entry, fact)
            if fact.to and fact.is_maker and fact.to in words:
                words[fact.to].is_waiting = False
            part = parts.setdefault((word.cue, word.voice), _part(project, entry, fact))
            part.words += 1
    _put(project, words.values(), parts.values())
    heard.stir(project)


def _put(project: Project, words: Iterable[Word], parts: Collection[Part]) -> None:
    """Write what was derived in the place of what stood: a few hundred rows in one statement."""
    for model in (Word, Part, Talk):
        model.objects.filter(project=project).delete()
    voices = Counter(one.cue for one in parts)
    talks = [Talk(project=project, cue=cue, voices=count) for cue, count in voices.items()]
    Word.objects.bulk_create(words, batch_size=A_TURN)
    Part.objects.bulk_create(parts, batch_size=A_TURN)
    Talk.objects.bulk_create(talks, batch_size=A_TURN)


def _word(project: Project, entry: Entry, fact: VoiceSaid) -> Word:
    """Return what stands where something was said, not saved."""
    thread = fact.to or entry.position
    return Word(
        project=project,
        position=entry.position,
        cue=fact.cue,
        thread=thread,
        voice=entry.by,
        audience=entry.audience,
        at=entry.told_at,
        is_first=thread == entry.position,
        is_maker=fact.is_maker,
        is_placed=bool(fact.at),
        is_attempt=bool(fact.attempt),
        is_waiting=not (fact.to or fact.is_maker),
    )


def _part(project: Project, entry: Entry, fact: VoiceSaid) -> Part:
    """Return how a voice that speaks there for the first time stands under an entry, not saved."""
    return Part(
        project=project,
        cue=fact.cue,
        voice=entry.by,
        audience=entry.audience,
        is_maker=fact.is_maker,
        first_position=entry.position,
        first_at=entry.told_at,
    )


def _count(project: Project, entry: Entry, fact: VoiceSaid) -> None:
    theirs = Part.objects.filter(project=project, cue=fact.cue, voice=entry.by)
    if not theirs.update(words=F("words") + 1):
        part = _part(project, entry, fact)
        part.words = 1
        part.save(force_insert=True)
        talk, _created = Talk.objects.get_or_create(project=project, cue=fact.cue)
        Talk.objects.filter(pk=talk.pk).update(voices=F("voices") + 1)


def _uncount(project: Project, word: Word) -> None:
    part = Part.objects.filter(project=project, cue=word.cue, voice=word.voice)
    part.update(words=F("words") - 1)
    if part.filter(words=0).delete()[0]:
        talk = Talk.objects.filter(project=project, cue=word.cue)
        talk.update(voices=F("voices") - 1)
        talk.filter(voices=0).delete()
    elif part.filter(first_position=word.position).exists():
        theirs = Word.objects.filter(project=project, cue=word.cue, voice=word.voice, is_gone=False)
        first = theirs.order_by("position")[:1].get()
        said = {"first_position": first.position, "first_at": first.at}
        part.update(is_maker=first.is_maker, **said)


def _wait_again(project: Project, thread: int) -> None:
    """Let a thread wait whose only answer by the team was taken back."""
    answers = Word.objects.filter(project=project, thread=thread, is_maker=True, is_gone=False)
    if not answers.exists():
        first = Word.objects.filter(project=project, position=thread, is_maker=False)
        first.filter(is_gone=False).update(is_waiting=True)
