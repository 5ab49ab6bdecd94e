"""Brainstorms as they stand: derived from their rooms' logs, but for dots and what is held."""

from django.db import models
from django.db.models import F, Q

from coulisses.brainstorms import course
from coulisses.brainstorms.attending import Coming as Coming
from coulisses.brainstorms.attending import Entrance as Entrance
from coulisses.brainstorms.called import Called
from coulisses.brainstorms.course import Clock
from coulisses.brainstorms.proposed import Gesture as Gesture
from coulisses.brainstorms.proposed import Likening as Likening
from coulisses.brainstorms.proposed import ProposedFamily as ProposedFamily
from coulisses.brainstorms.proposed import Twin as Twin
from coulisses.projects.models import Project

WHO = ["all", "followers", "members", "code"]
WHO_GATHERS = ["makers", "all"]
WHO_LOOKS = ["all", "within"]  # at the wall: all with its address, or those who may come
NAMES = [
    "named",
    "asked",
    "nameless",
]  # by which name ideas are thrown: `asked` lets authors choose
SCREENS = ["", "question", "ideas", "idea", "families", "podium", "black"]
MOST_DOTS = 50
YOUNGEST = [0, 13, 15, 16, 18]  # ages from which one may take part
LONGEST_IDEA = 280  # characters
LONGEST_NAME = 80  # of a family
LONGEST_WHY = 500


class Brainstorm(Called):
    """A project that is a question: its title asks it, its room holds the ideas.

    `of` is the project it is about, none where it stands alone. `names` says by which name ideas
    are thrown, one of NAMES. `who_gathers` says whether all put ideas together while they are
    gathered, or makers alone. Each voice has `dots` to place in the vote. `keeps_until` is the day
    after which what people gave is let go, `youngest` the age from which one may take part; 0: any.
    Where it `looks_first`, ideas of all but the team wait for a look; while it `is_closed` nobody
    throws any. `on_screen` is what the host chose for the big screen, one of SCREENS: empty follows
    the course, `idea` is the one at `screen_idea`. What was written in silent rounds that are over,
    up to the row `owed_until`, is about to be thrown; 0: nothing is.
    """

    project = models.OneToOneField(
        Project, models.CASCADE, primary_key=True, related_name="brainstorm"
    )
    of = models.ForeignKey(Project, models.SET_NULL, null=True, related_name="brainstorms")
    who = models.CharField(max_length=9, choices=[(one, one) for one in WHO], default="all")
    names = models.CharField(max_length=8, choices=[(one, one) for one in NAMES], default="named")
    who_gathers = models.CharField(
        max_length=6, choices=[(one, one) for one in WHO_GATHERS], default="makers"
    )
    dots = models.PositiveSmallIntegerField(default=10)
    youngest = models.PositiveSmallIntegerField(default=0)
    is_practice = models.BooleanField(default=False)
    looks_first = models.BooleanField(default=True)
    is_closed = models.BooleanField(default=False)
    on_screen = models.CharField(
        max_length=8, blank=True, default="", choices=[(one, one) for one in SCREENS]
    )
    screen_idea = models.PositiveBigIntegerField(default=0)
    phase = models.CharField(
        max_length=6, choices=[(one, one) for one in course.PHASES], default=course.CALLED
    )
    phase_position = models.PositiveBigIntegerField(default=0)
    ends_at = models.DateTimeField(null=True)
    left = models.DurationField(null=True)
    is_stopped = models.BooleanField(default=False)
    is_silent = models.BooleanField(default=False)
    counted_position = models.PositiveBigIntegerField(default=0)
    owed_until = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(who__in=WHO), name="who_may_come_is_known"),
            models.CheckConstraint(condition=Q(on_screen__in=SCREENS), name="screens_are_known"),
            models.CheckConstraint(condition=Q(names__in=NAMES), name="names_are_decided"),
            models.CheckConstraint(
                condition=Q(who_gathers__in=WHO_GATHERS), name="who_gathers_is_known"
            ),
            models.CheckConstraint(condition=Q(phase__in=course.PHASES), name="the_phase_is_known"),
            models.CheckConstraint(
                condition=Q(dots__gte=1, dots__lte=MOST_DOTS), name="dots_are_a_handful"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(left=None), name="a_clock_runs_or_stands"
            ),
            models.CheckConstraint(
                condition=Q(youngest__in=YOUNGEST), name="ages_are_those_that_are_asked"
            ),
        ]
        indexes = [
            models.Index(
                fields=["keeps_until"],
                condition=Q(keeps_until__isnull=False, let_go_at=None),
                name="brainstorms_to_let_go",
            ),
            models.Index(
                fields=["starts_at"],
                condition=Q(phase="called", called_off_at=None),
                name="brainstorms_to_come",
            ),
            models.Index(
                fields=["project"], condition=Q(owed_until__gt=0), name="brainstorms_that_owe_ideas"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.phase}"

    @property
    def who_looks(self) -> str:
        """Who looks at the wall, one of WHO_LOOKS: its project says so, for all doors."""
        return "within" if self.project.is_room_closed else "all"

    @property
    def clock(self) -> Clock:
        """What is left of the phase."""
        return Clock(self.ends_at, self.left)


class Family(models.Model):
    """Ideas that belong together, by the entry at `position` that began it.

    It `is_named_by_others` where a voice outside the team ever called it something that stands.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="families")
    position = models.PositiveBigIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    is_named_by_others = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="one_family_per_entry"),
        ]

    def __str__(self) -> str:
        return self.name


class Idea(models.Model):
    """An idea as it stands, by the entry at `position` that threw it.

    `family` is the position of its family, 0 for none; `into` that of the idea that says the same
    and stands for it, 0 where it stands for itself. `dots` are what the vote gave it, once counted.
    `is_kept` is None until somebody has said what becomes of it.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="ideas")
    position = models.PositiveBigIntegerField()
    voice = models.CharField(max_length=26)
    builds_on = models.PositiveBigIntegerField(default=0)
    family = models.PositiveBigIntegerField(default=0)
    into = models.PositiveBigIntegerField(default=0)
    dots = models.PositiveIntegerField(default=0)
    is_gone = models.BooleanField(default=False)
    is_kept = models.BooleanField(null=True)
    settled_position = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="one_idea_per_entry"),
            models.CheckConstraint(
                condition=Q(builds_on__lt=F("position")), name="ideas_build_on_earlier_ones"
            ),
            models.CheckConstraint(
                condition=~Q(into=F("position")), name="no_idea_stands_for_itself_twice"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "family", "position"], name="ideas_of_a_family"),
            models.Index(
                fields=["project", "voice", "is_gone", "position"], name="ideas_of_a_voice"
            ),
            # What a voice threw anywhere: a guest who makes an account takes it along.
            models.Index(fields=["voice", "project"], name="ideas_by_voice"),
            models.Index(
                fields=["project", "position"],
                condition=Q(is_gone=False, into=0),
                name="ideas_that_stand",
            ),
            models.Index(fields=["project", "-dots", "position"], name="ideas_by_dots"),
            models.Index(
                fields=["project", "builds_on"], condition=Q(builds_on__gt=0), name="ideas_built_on"
            ),
            models.Index(fields=["project", "into"], condition=Q(into__gt=0), name="ideas_merged"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}~{self.position}"


class Unheard(models.Model):
    """An idea of a silent round, kept until the round is over: then it is thrown, in this order."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="unheard")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    body = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["project", "id"], name="unheard_in_order"),
            models.Index(fields=["project", "voice"], name="unheard_of_a_voice"),
        ]

    def __str__(self) -> str:
        return f"unheard {self.pk}"


class Purse(models.Model):
    """How many dots a voice has spent, of how many."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="purses")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    most = models.PositiveSmallIntegerField()
    spent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "voice"], name="one_purse_per_voice"),
            models.CheckConstraint(
                condition=Q(spent__lte=F("most")), name="dots_are_never_overspent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spent} of {self.most}"


class Dots(models.Model):
    """How many dots a voice has placed on an idea. Nobody but that voice sees it before the end."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="dots")
    position = models.PositiveBigIntegerField()
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "voice", "position"], name="one_place_for_ones_dots"
            ),
            models.CheckConstraint(condition=Q(count__gt=0), name="no_dots_no_row"),
        ]
        indexes = [models.Index(fields=["project", "position"], name="dots_on_an_idea")]

    def __str__(self) -> str:
        return f"{self.count} on {self.position}"


class Mask(models.Model):
    """The voice by which somebody takes part in one brainstorm without their name.

    Others call it by its `number`, in the order in which masks came. Lifted, the mask's voice
    became theirs: then what it threw is theirs for all to read.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="masks")
    voice = models.ForeignKey("people.Voice", models.CASCADE, related_name="+")
    mask = models.OneToOneField("people.Voice", models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "voice"], name="one_mask_per_voice"),
            models.UniqueConstraint(fields=["project", "number"], name="masks_are_told_apart"),
        ]

    def __str__(self) -> str:
        return f"mask in {self.project_id}"


class MadeUp(models.Model):
    """A voice that is nobody's: it takes part in a practice, and nowhere else."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="crowd")
    voice = models.OneToOneField("people.Voice", models.CASCADE, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["project", "id"], name="crowd_of_a_practice")]

    def __str__(self) -> str:
        return f"made up {self.pk}"


class Watcher(models.Model):
    """Who watches a brainstorm by a link and may veto, and the voice by which they do."""

    viewer = models.OneToOneField("projects.Viewer", models.CASCADE, primary_key=True)
    voice = models.OneToOneField("people.Voice", models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return str(self.viewer)
