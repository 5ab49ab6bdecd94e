"""A small picture."""

import io

from PIL import Image


def png(colour="teal"):
    """Return the bytes of a PNG."""
    raw = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(raw, "PNG")
    return raw.getvalue()
