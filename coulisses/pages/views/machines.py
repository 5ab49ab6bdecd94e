"""What machines are told of the whole house: who may crawl, and what may be mined.

Mining is refused unless a project allows it: the exceptions stand before the rule, since the most
specific match is the first in sequence (TDMRep) or the longest (RFC 9309).
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from coulisses.projects.columns import Mining
from coulisses.projects.models import Project
from coulisses.ui import addresses
from coulisses.ui.caching import cacheable

MOST = 2_000  # projects that are named; one that is not is refused, as everywhere else
CLOSED = ("/desk/", "/account/", "/house/", "/enter", "/share/", "/api/", "/search")
# Those that gather what models are trained on; whoever only answers a person is not among them.
GATHERERS = (
    *("AI2Bot", "Amazonbot", "anthropic-ai", "Applebot-Extended", "Bytespider", "CCBot"),
    *("ClaudeBot", "cohere-training-data-crawler", "Diffbot", "Google-Extended", "GPTBot"),
    *(
        "ImagesiftBot",
        "meta-externalagent",
        "omgili",
        "PanguBot",
        "Timpibot",
        "VelenPublicWebCrawler",
    ),
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers read first (RFC 9309)."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), ""]
    lines += ["# Text and data mining is refused here, but for what is allowed below."]
    lines += [f"User-agent: {name}" for name in GATHERERS]
    lines += [*(f"Allow: {path}" for path in _mined()), "Disallow: /", ""]
    lines += [f"Sitemap: {addresses.base(request)}/sitemap.xml", ""]
    answer = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    return cacheable(answer, is_list=True)


@require_safe
def reservation(request: HttpRequest) -> HttpResponse:
    """Which addresses may be mined (W3C community group, TDM Reservation Protocol)."""
    rules = [{"location": path, "tdm-reservation": 0} for path in _mined()]
    rules.append({"location": "/", "tdm-reservation": 1})
    return cacheable(JsonResponse(rules, safe=False), is_list=True)


def _mined() -> list[str]:
    allowed = Project.objects.filter(mining=Mining.ALLOWED, curtain_raised_at__isnull=False)
    return [one.path for one in allowed.select_related("studio").order_by("pk")[:MOST]]
