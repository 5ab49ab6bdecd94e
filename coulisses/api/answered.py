"""Idempotency keys (the IETF's draft): a keyed request sent again gets the answer of the first.

What was done and its answer are kept in one transaction, or neither is. Telling has a key of the
log's own (`once`), which holds for ever; everything else that makes something is kept here.
"""

import base64
import functools
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta

from cryptography.fernet import Fernet
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coulisses.api import keys, problems, standing
from coulisses.api.models import Answer, Spent
from coulisses.api.refusals import IdempotencyKeyReused, TooManyKeys
from coulisses.lib.refusals import Refusal, require

KEPT_FOR = timedelta(days=1)
MOST = 10_000  # answers kept of one token
LONGEST = 64 << 10  # bytes of an answer
A_TURN = 500
ONCE = ("/moments", "/uploads", "/captures")  # whose keys the log keeps
# What is decoded for seconds: nobody else's telling waits for it. Sent twice, it does no harm.
HEAVY = ("/attachments", "/cover", "/attempts")
ASKING = ("/unknown", "/wanted")  # what only asks, with more words than an address holds
TRANSLATED = ("Content-Type", "Location", "ETag")

View = Callable[..., HttpResponse]


def remembering(view: View) -> View:
    """Have a view answer a keyed POST as it did the first time."""

    @functools.wraps(view)
    def remembered(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        key, token = request.headers.get("Idempotency-Key"), _bearer(request)
        if request.method != "POST" or key is None or not token or _has_once(request):
            return view(request, *args, **named)
        try:
            keys.once(key)
            standing.known(request, token)  # what was answered is for who may still ask
            return _answered(request, key, token, lambda: view(request, *args, **named))
        except Refusal as refusal:
            return problems.answer(refusal)

    return remembered


def forget_old() -> bool:
    """Forget what was answered a day ago, and old counts; return whether there may be more."""
    now = timezone.now()
    Spent.objects.filter(minute__lt=int(now.timestamp()) // 60 - 5).delete()
    old = Answer.objects.filter(at__lt=now - KEPT_FOR).order_by("at")
    turn = list(old.values_list("pk", flat=True)[:A_TURN])
    Answer.objects.filter(pk__in=turn).delete()
    return len(turn) == A_TURN


def _answered(
    request: HttpRequest, key: str, token: str, act: Callable[[], HttpResponse]
) -> HttpResponse:
    digest = _digest(token)
    name, asked = _digest(f"{digest}\n{key}"), _asked(request)
    seal = Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{key}\n{token}".encode()).digest()))
    if known := Answer.objects.filter(pk=name).first():
        return _again(known, asked, seal)
    try:
        return _first(name, digest, asked, seal, act)
    except IntegrityError:  # the same request came twice at once, and the other one was first
        known = Answer.objects.filter(pk=name).first()
        if known is None:
            raise
        return _again(known, asked, seal)


def _first(
    name: str, token: str, asked: str, seal: Fernet, act: Callable[[], HttpResponse]
) -> HttpResponse:
    with transaction.atomic():
        row = Answer(pk=name, token=token, request=asked, status=0, at=timezone.now())
        row.sealed = b""
        row.save(force_insert=True)
        require(Answer.objects.filter(token=token).count() <= MOST, TooManyKeys, count=MOST)
        response = act()
        is_done = 200 <= response.status_code < 300
        if not is_done or len(response.content) > LONGEST:
            row.delete()
            transaction.set_rollback(not is_done)
            return response
        headers = {one: response[one] for one in TRANSLATED if one in response}
        said = {"body": response.content.decode(), "headers": headers}
        row.status, row.sealed = response.status_code, seal.encrypt(json.dumps(said).encode())
        row.save(update_fields=["status", "sealed"])
        return response


def _again(known: Answer, asked: str, seal: Fernet) -> HttpResponse:
    require(known.request == asked, IdempotencyKeyReused)
    said = json.loads(seal.decrypt(bytes(known.sealed)))
    response = HttpResponse(said["body"], status=known.status, headers=said["headers"])
    response["Idempotency-Replayed"] = "true"
    return response


def _asked(request: HttpRequest) -> str:
    parts = (request.method or "", request.get_full_path(), request.content_type or "")
    made = hashlib.sha256("\n".join(parts).encode(errors="replace"))
    made.update(request.body)
    return made.hexdigest()


def _bearer(request: HttpRequest) -> str:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


def _has_once(request: HttpRequest) -> bool:
    return request.path.endswith((*ONCE, *HEAVY, *ASKING))


def _digest(said: str) -> str:
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()
