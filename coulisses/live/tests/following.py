"""What tests of the streams share: telling, signing in, reading titles."""

import json
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from coulisses.moments.kinds import MomentTold
from coulisses.projects.telling import tell
from coulisses.testing import given

LIVE = "/@atelier/boat/live"
AS_JSON = f"{LIVE}?as=json"


def say(project, title, *, body="", **more):
    # What is for members shows itself to others with the full hour, which may strike just now.
    now = timezone.now() + timedelta(hours=2 if "audience" in more else 0)
    fact = MomentTold(kind="progress", title=title, body=body, teaser=more.pop("teaser", ""))
    times = {"happened_at": now, "told_at": now}
    return tell(project, fact, by=given.ana().voice_id, **times, **more)


def session_of(account):
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return session


def signed_in(account):
    return f"{settings.SESSION_COOKIE_NAME}={session_of(account).session_key}"


def titles(events):
    return [json.loads(event.data)["title"] for event in events]
