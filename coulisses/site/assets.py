"""Built assets, served from memory: each name holds a hash, so browsers keep them for good."""

import gzip
import mimetypes
from pathlib import Path
from typing import Any

import brotli

from coulisses.live import answers

FOLDER = Path(__file__).resolve().parent.parent / "ui" / "static"
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=3600"
TEXTS = {".css", ".js", ".svg", ".json", ".txt", ".html", ".map"}
KINDS = {".woff2": "font/woff2", ".js": "text/javascript; charset=utf-8"}


class Assets:
    """Files of `ui/static`, read and compressed when first asked for."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._kept: dict[tuple[Path, str], bytes] = {}

    async def answer(self, scope: Any, send: Any, name: str) -> None:
        """Send a file, or 404 for what isn't one."""
        path = self._path(name)
        if path is None or scope["method"] not in {"GET", "HEAD"}:
            await answers.give(send, 404, b"There is no such file.\n", "text/plain; charset=utf-8")
            return
        encoding = _encoding(scope, path)
        kept = FOR_GOOD if name.startswith("built/") else FOR_A_WHILE
        headers: dict[str, Any] = {"cache_control": kept}
        # Frames elsewhere have an origin of nobody's, and read the house's fonts and scripts.
        headers["access_control_allow_origin"] = "*"
        if path.suffix in TEXTS:
            headers["vary"] = "Accept-Encoding"
        if encoding:
            headers["content_encoding"] = encoding
        kind = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0]
        body = self._body(path, encoding)
        await answers.give(send, 200, body, kind or "application/octet-stream", **headers)

    def _path(self, name: str) -> Path | None:
        try:
            path = (self._folder / name.replace("\0", "")).resolve()
            return path if path.is_relative_to(self._folder) and path.is_file() else None
        except OSError:  # longer than a name may be
            return None

    def _body(self, path: Path, encoding: str) -> bytes:
        key = path, encoding
        if key not in self._kept:
            raw = path.read_bytes()
            if encoding == "br":
                raw = brotli.compress(raw, quality=9)
            elif encoding == "gzip":
                raw = gzip.compress(raw, 9, mtime=0)
            self._kept[key] = raw
        return self._kept[key]


def _encoding(scope: Any, path: Path) -> str:
    if path.suffix not in TEXTS:
        return ""
    accepted = next((value for name, value in scope["headers"] if name == b"accept-encoding"), b"")
    return next((one for one in ("br", "gzip") if one.encode() in accepted), "")
