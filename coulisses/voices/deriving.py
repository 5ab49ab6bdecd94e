"""What is said now, derived from the room's log as it grows; a replay makes it anew."""

from django.db import transaction
from django.db.models import F

from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.projects import heard, unsaying
from coulisses.projects.models import Project
from coulisses.voices.kinds import VoiceAmended, VoiceSaid
from coulisses.voices.models import Part, Talk, Word
from coulisses.voices.refusals import TakenBackAlready

SHREDDED = "entry.shredded"


@heard.keeps(VoiceSaid.kind_name)
def follow(project: Project, entry: Entry) -> None:
    """Let what was just noted stand: its thread, its voice, and whom it waits for."""
    fact = entry.fact
    if not isinstance(fact, VoiceSaid):
        return  # tampered with; the proof says so
    thread = fact.to or entry.position
    Word.objects.create(
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
    if fact.to and fact.is_maker:
        Word.objects.filter(project=project, position=thread).update(is_waiting=False)
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
    for model in (Word, Part, Talk):
        model.objects.filter(project=project).delete()
    told = Entry.objects.filter(log=project.room_id).select_related("sealed").order_by("position")
    for entry in told.iterator(chunk_size=500):
        if entry.kind != VoiceSaid.kind_name:
            continue
        if not entry.is_shredded:
            follow(project, entry)
        elif entry.position in gone:
            one = gone[entry.position]
            one.pk = None
            one.save(force_insert=True)


def _count(project: Project, entry: Entry, fact: VoiceSaid) -> None:
    said = {
        "audience": entry.audience,
        "is_maker": fact.is_maker,
        "first_position": entry.position,
        "first_at": entry.told_at,
    }
    part, is_new = Part.objects.get_or_create(
        project=project, cue=fact.cue, voice=entry.by, defaults=said
    )
    Part.objects.filter(pk=part.pk).update(words=F("words") + 1)
    if is_new:
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
