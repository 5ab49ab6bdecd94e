"""The outermost application: streams, finished pages, assets and health, with Django behind."""

import asyncio
import contextlib
import io
import json
import threading
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.utils.translation import gettext_lazy as _

from coulisses.host import health
from coulisses.lib.refusals import Refusal
from coulisses.live import answers, languages
from coulisses.live.bytecache import ByteCache, Finished, Reply
from coulisses.live.door import ADDRESS, Door
from coulisses.live.hub import Hub
from coulisses.live.versions import Versions
from coulisses.log import bell
from coulisses.site import bridge, clockwork, counted
from coulisses.site.assets import Assets
from coulisses.site.bridge import Bridge
from coulisses.site.config import House as Settings
from coulisses.site.middleware import NothingThere
from coulisses.site.threads import Pool
from coulisses.site.together import Together
from coulisses.ui import cards, heard
from coulisses.visits import counting, summing

MEBIBYTE = 1024 * 1024
LONGEST_QUEUE = 500  # requests that may wait for a thread
LINGER = 2.0  # seconds for which a refused body is let in and dropped …
LINGER_BYTES = 16 * MEBIBYTE  # … and how much of it, so that who sends it hears the answer
STATIC = "/static/"


class BodyTooLong(Refusal):
    """A request brings more than the house takes at once."""

    status = 413
    sentence = _("That is more than this house takes at once (%(megabytes)s MB).")


class BodyTooSlow(Refusal):
    """A request's body rests for too long on its way."""

    status = 408
    sentence = _("The house waited for the rest of this, and nothing came. Try again.")


class TooBusy(Refusal):
    """Too many requests wait already."""

    status = 503
    wait = 1
    sentence = _("The house is too busy just now. Try again in a moment.")


class House:
    """The ASGI application of one process. `is_serving` is set when it can be asked."""

    def __init__(self, of: Settings) -> None:
        self.is_serving = threading.Event()
        self._settings = of
        self._pool = Pool(of.threads, longest_queue=LONGEST_QUEUE)
        self._bridge = Bridge(WSGIHandler(), self._pool)
        self._together = Together(self._pool)
        self._versions = Versions(self._pool.run)
        self._cache = ByteCache(self._versions, self._ask, limit=of.cache_megabytes * MEBIBYTE)
        self.hub = Hub(
            render=cards.render,
            render_room=heard.render,
            run=of.data / "run",
            per_address=of.streams_per_address,
        )
        self._door = Door(self.hub)
        self._assets = Assets()
        self._errands = clockwork.Clockwork()
        summing.summing.following = self.hub.following

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer what uvicorn asks."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    def at_once(self, scope: Any) -> Finished | None:
        """Return the answer to a request where it is kept and known to be true; else None."""
        found = self._cache.at_once(scope)
        if found:
            counting.notes.page(scope)
        return found

    async def _live(self, receive: Any, send: Any) -> None:
        await receive()
        bell.listen(self._versions.hear)
        await self.hub.begin()
        self._errands.start(only_own=not self._settings.errands)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self._errands.end()
        await self.hub.end()
        await counted.write_down(self._pool)
        bell.unlisten(self._versions.hear)
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        if await self._cache.answer(scope, send):
            counting.notes.page(scope)
            return
        path = scope["path"]
        if "\0" in path:  # PostgreSQL has no such text to compare with
            await self._refuse(scope, send, NothingThere())
        elif ADDRESS.fullmatch(path):
            await self._door.answer(scope, send)
        elif path.startswith(STATIC):
            await self._assets.answer(scope, send, path.removeprefix(STATIC))
        elif scope["method"] == "POST" and counting.STAY.fullmatch(path):
            await counted.stay(scope, receive, send)
        elif path == "/healthz":
            status, found = await self._pool.run(health.examine)
            await answers.give(send, status, json.dumps(found).encode(), "application/json")
        else:
            await self._ask_django(scope, receive, send)

    async def _ask_django(self, scope: Any, receive: Any, send: Any) -> None:
        if self._pool.is_full:
            await self._refuse(scope, send, TooBusy())
            return
        try:
            limit = self._settings.body_megabytes * MEBIBYTE
            body = await bridge.read_body(scope, receive, limit=limit)
        except bridge.BodyTooLong:
            refusal = BodyTooLong(megabytes=self._settings.body_megabytes)
            await self._refuse(scope, send, refusal, ends=_linger(receive), connection="close")
            return
        except bridge.BodyTooSlow:
            await self._refuse(scope, send, BodyTooSlow(), connection="close")
            return
        except bridge.ClientGone:
            return
        with body:
            answer = await self._together.ask(scope, body) or await self._bridge.ask(scope, body)
        answer.headers = self._cache.learn(scope, answer.status, answer.headers)
        answer.headers = counting.notes.answered(scope, answer.status, answer.headers)
        await bridge.send_answer(send, answer)

    async def _ask(self, scope: Any) -> Reply:
        answer = await self._bridge.ask(scope, io.BytesIO())
        with answer.body as body:
            return Reply(answer.status, answer.headers, body.read())

    async def _refuse(self, scope: Any, send: Any, refusal: Refusal, **more: Any) -> None:
        given = {name: value.decode("latin-1") for name, value in scope["headers"]}
        language = languages.of(given.get(b"cookie", ""), given.get(b"accept-language", ""))
        await answers.refuse(send, refusal, language, **more)


async def _linger(receive: Any) -> None:
    """Let a sender finish or notice: closed at once, its connection would swallow the answer."""
    dropped, is_more = 0, True
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LINGER):
            while is_more and dropped < LINGER_BYTES:
                message = await receive()
                dropped += len(message.get("body", b""))
                is_more = message.get("more_body", False)
