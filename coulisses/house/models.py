"""What the host has settled: one row, made when it is first asked for."""

from django.db import models
from django.db.models import Q


class SignUp(models.TextChoices):
    """Who may make an account here."""

    OPEN = "open"  # whoever likes
    INVITED = "invited"  # whoever was given an invitation
    CLOSED = "closed"  # nobody: the host makes accounts


class House(models.Model):
    """The house as its host wants it; `contact` is an e-mail address for everybody to see.

    `privacy` are the host's own words (markdown) below what the house says of itself. `rules_en`
    and `rules_fr` hold in every room; where neither is written, those that the house came with.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=100, blank=True)
    contact = models.EmailField(blank=True)
    privacy = models.TextField(blank=True)
    rules_en = models.TextField(blank=True)
    rules_fr = models.TextField(blank=True)
    sign_up = models.CharField(max_length=7, choices=SignUp.choices, default=SignUp.INVITED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_house"),
            models.CheckConstraint(condition=Q(sign_up__in=SignUp.values), name="sign_up_is_known"),
        ]

    def __str__(self) -> str:
        return self.name or "Coulisses"
