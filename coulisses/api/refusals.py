"""What the API refuses, by name, beside what the rules below it refuse."""

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal


class TokenMissing(Refusal):
    """A route that tells was called without a token."""

    status = 401
    sentence = _("A token is needed: `Authorization: Bearer …`. `coulisses token` prints one.")


class StudioNotYours(Refusal):
    """The token was issued for another studio; whether this one exists is not said."""

    status = 403
    sentence = _("This token was not issued for the studio “%(studio)s”.")


class BodyNotJson(Refusal):
    """The body is not JSON in UTF-8."""

    status = 400
    sentence = _("The body could not be read as JSON.")


class BodyNotMultipart(Refusal):
    """The body is not multipart/form-data."""

    status = 400
    sentence = _("The body could not be read as multipart/form-data.")


class BodyMalformed(Refusal):
    """The body or the query is JSON, but not of this route's shape; `errors` says where."""

    status = 422
    sentence = _("%(where)s: %(why)s")


class BodyTooLong(Refusal):
    """The body passes the house's limit."""

    status = 413
    sentence = _("The body is too long: at most %(mib)s MiB at once.")


class MethodNotAllowed(Refusal):
    """The route exists, but not with this method; `Allow` says with which."""

    status = 405
    sentence = _("%(method)s is not possible here, but %(allowed)s.")


class IdempotencyKeyMalformed(Refusal):
    """An Idempotency-Key is 1 to 100 printable ASCII characters."""

    status = 400
    sentence = _("An Idempotency-Key is 1 to 100 printable ASCII characters.")


class TusUnknown(Refusal):
    """An arrival is spoken to in another version of tus, or in none."""

    status = 412
    sentence = _("Pieces arrive here by tus %(version)s: the header Tus-Resumable says so.")


class HeaderMalformed(Refusal):
    """A header that is needed here is missing, or not of its form."""

    status = 400
    sentence = _("The header %(header)s is missing, or could not be read.")


class BodyNotAPiece(Refusal):
    """A piece of an arrival has a content type of its own."""

    status = 415
    sentence = _("A piece is sent as application/offset+octet-stream.")


class ChecksumWrong(Refusal):
    """A piece arrived otherwise than it was sent; nothing of it is kept."""

    status = 460
    sentence = _("This piece was damaged on its way. Send it again.")


class IdempotencyKeyReused(Refusal):
    """An Idempotency-Key comes with another request than the one it was first sent with."""

    status = 422
    sentence = _("This Idempotency-Key was sent with another request. Take a new key for this one.")


class TooManyKeys(Refusal):
    """More answers are to be kept for a token within a day than are."""

    status = 429
    wait = 3600
    sentence = _("At most %(count)s keyed requests of one token are remembered within a day.")


class RequestsTooMany(Refusal):
    """A token, or a network address, has asked as often as it may within a minute."""

    status = 429
    wait = 60
    sentence = _("That is more than is answered within a minute. `Retry-After` says when to go on.")


class VersionChanged(Refusal):
    """`If-Match` names another version than the one that stands."""

    status = 412
    sentence = _("It was changed meanwhile. Read it again, then send your change.")


class SpanMalformed(Refusal):
    """What is asked for ends before it begins."""

    status = 422
    sentence = _("`until` lies before `since`.")


class AddressMissing(Refusal):
    """An account without a confirmed address wants letters."""

    status = 409
    sentence = _("Your account has no confirmed e-mail address. Add one on your account’s pages.")
