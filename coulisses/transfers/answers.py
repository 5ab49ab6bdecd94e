"""The file of an export, as it is answered at the desk and to programs."""

from django.http import HttpRequest, HttpResponseBase

from coulisses.media import ranges
from coulisses.transfers import form, rules
from coulisses.transfers.models import Parcel


def file(request: HttpRequest, parcel: Parcel) -> HttpResponseBase:
    """Return an export that is ready, or the part of it that is asked for, to be kept nowhere."""
    response = ranges.send(request, rules.kept(parcel), kind="application/zip", tag=parcel.pk)
    name = f"{parcel.project.slug}-{form.WHOLE if parcel.is_whole else form.PUBLIC}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
