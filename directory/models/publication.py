"""Draft or published, and from which moment on."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from directory.models.former_slug import SluggedModel, SluggedQuerySet


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


def public(prefix: str = "") -> Q:
    """Return the condition that the public sees a record; the prefix is the lookup to that record."""
    is_live = Q(**{f"{prefix}live_from__isnull": True}) | Q(**{f"{prefix}live_from__lte": Now()})
    return Q(**{f"{prefix}status": Status.PUBLISHED}) & is_live


class PublishableQuerySet(SluggedQuerySet):
    """Records of which the public sees only those that are published."""

    def published(self) -> Self:
        """Narrow to the records that the public sees."""
        return self.filter(public())


class PublishableModel(SluggedModel):
    """A record that is written as a draft and then published."""

    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        help_text="Drafts do not appear on the public site.",
    )

    live_from = models.DateTimeField(
        null=True,
        blank=True,
        help_text=(
            "In British time. A published record appears at this moment, or at once if you leave this empty."
        ),
    )

    structure_fields: ClassVar[tuple[str, ...]] = ("status", "live_from")

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Check constraints on the status even in forms without it.

        Users who may not publish have such forms.
        """
        super().validate_constraints(exclude={*(exclude or ())} - {"status"})

    @property
    def is_published(self) -> bool:
        """Return whether the public sees it; `public` is the same rule for queries."""
        is_live = self.live_from is None or self.live_from <= timezone.now()
        return self.status == Status.PUBLISHED and is_live
