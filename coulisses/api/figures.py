"""How a project was read, for its team: the page of figures, for programs."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from coulisses.api import standing
from coulisses.api.rooms import Room
from coulisses.api.schemas_audience import FiguresOut
from coulisses.visits import queries

router = Room("figures", auth=standing.READS)


@router.get("/projects/{studio}/{project}/figures", response=FiguresOut)
def figures(
    request: HttpRequest,
    studio: str,
    project: str,
    days: Annotated[Literal["7", "30", "90"], Query(description="Of so many days.")] = "30",
) -> Any:
    """Read how a project was read lately. No number is a reader's, and none is of a doubt."""
    stand, _account = standing.teammate(request, studio, project)
    found = queries.figures(stand.project, days=int(days), at=timezone.now())
    return {
        **{name: getattr(found, name) for name in ("visits", "reads", "peak")},
        "days": [{"on": one.on, "visits": one.visits, "reads": one.reads} for one in found.bars],
        "sources": [vars(one) for one in found.sources],
        "entries": [{**vars(one), "url": stand.url(one.position or "")} for one in found.entries],
        "followed": [{"by": by, "count": count} for by, count in found.followed],
    }
