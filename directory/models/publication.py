"""Draft or published."""

from typing import Self

from django.db import models

from directory.models.former_slug import AddressedModel, AddressedQuerySet


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"


class PublishableQuerySet(AddressedQuerySet):
    """Records of which the public sees only those that are published."""

    def published(self) -> Self:
        """What the public sees."""
        return self.filter(status=Status.PUBLISHED)


class PublishableModel(AddressedModel):
    """A record that is written as a draft and then published."""

    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        help_text="A draft is not on the public site.",
    )

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        """Whether the public sees it."""
        return self.status == Status.PUBLISHED
