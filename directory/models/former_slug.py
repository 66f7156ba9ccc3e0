"""Slugs that never break: a record's former slugs redirect to its page."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.validators import slug_re
from django.db import models, transaction

from directory.models.natural_key import NaturalKeyModel, NaturalKeyQuerySet


class FormerSlugQuerySet(models.QuerySet["FormerSlug"]):
    """Former slugs."""

    def of(self, model: type[models.Model]) -> Self:
        """Narrow to the former slugs of one kind of record."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def slugs_now(self, slugs: Iterable[str]) -> dict[str, str]:
        """Return the present slug for each of these that is a former one."""
        asked = [slug for slug in slugs if slug_re.fullmatch(slug)]
        return {
            former.slug: former.target.slug
            for former in self.filter(slug__in=asked).prefetch_related("target")
            if former.target is not None
        }


class FormerSlug(models.Model):
    """A slug that a record once had."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey()
    slug = models.SlugField("former slug", max_length=80)

    objects = FormerSlugQuerySet.as_manager()

    class Meta:
        ordering = ["content_type", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["content_type", "slug"], name="former_slug_once_a_model")
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="former_slug_target")]

    def __str__(self) -> str:
        return self.slug


class SluggedQuerySet(NaturalKeyQuerySet):
    """Records with a page of their own."""

    def published(self) -> Self:
        """Narrow to the records that the public sees: all of them, where the model knows no drafts."""
        return self.all()

    def with_page(self) -> Self:
        """Narrow to the records that the public sees on a page of their own."""
        return self.published()

    def get_by_natural_key(self, *key: str | None) -> Any:
        """Return the record that has this slug, or once had it. Raise the model's DoesNotExist if none."""
        try:
            return super().get_by_natural_key(*key)
        except ObjectDoesNotExist:
            return self.formerly(key[0]).get()

    def formerly(self, slug: str | None) -> Self:
        """Narrow to the record that once had this slug."""
        return self.filter(pk__in=FormerSlug.objects.of(self.model).filter(slug=slug).values("object_id"))


class SluggedModel(NaturalKeyModel):
    """A record with a page of its own, to which its former slugs redirect."""

    # The relations that the words of its search entry come from.
    search_relations: ClassVar[tuple[str, ...]] = ()

    slug = models.SlugField(
        max_length=80,
        unique=True,
        help_text="The last part of the page’s URL. If you change it, the old URL redirects to the new one.",
    )
    former_slugs = GenericRelation(FormerSlug)
    _stored_slug: str | None = None

    objects = SluggedQuerySet.as_manager()

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the URL of its page."""
        raise NotImplementedError

    @property
    def has_page(self) -> bool:
        """Return whether it has a page of its own; if not, its URL is the place where others name it."""
        return True

    def search_names(self) -> Iterator[str]:
        """Return its name and its other names."""
        yield str(self)

    def search_keywords(self) -> Iterator[str]:
        """Return the priorities and partners that its page names."""
        yield from ()

    def search_words(self) -> Iterator[str]:
        """Return all the texts by which its page can be found, those of `search_names` included."""
        raise NotImplementedError

    def search_description(self) -> str:
        """Return one line that says what its page is about, for the results of a search."""
        raise NotImplementedError

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Return the record, which remembers its stored slug to know later whether it was changed."""
        instance = super().from_db(*args, **kwargs)
        instance._stored_slug = instance.__dict__.get("slug")
        return instance

    def clean(self) -> None:
        """Refuse a slug that still redirects to another record."""
        super().clean()
        other = type(self)._default_manager.formerly(self.slug).exclude(pk=self.pk).first()
        if other is not None:
            raise ValidationError(
                {
                    "slug": f"The slug “{self.slug}” still redirects to {other}, which had it before. "
                    "Enter a different slug."
                }
            )

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the record, and store its former slug if this changes it."""
        super().save(*args, **kwargs)
        if "slug" in (kwargs.get("update_fields") or ["slug"]):
            self._remember_slug()

    def _remember_slug(self) -> None:
        kind = ContentType.objects.get_for_model(self)
        stored, self._stored_slug = self._stored_slug, self.slug
        if stored == self.slug:
            return
        FormerSlug.objects.filter(content_type=kind, slug=self.slug).delete()
        if stored:
            FormerSlug.objects.update_or_create(
                content_type=kind, slug=stored, defaults={"object_id": self.pk}
            )
