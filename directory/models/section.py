"""A heading with a text below it: what longer pages are made of."""

from django.db import models

from directory.models.source import Sourced

ORDER_HELP = "The lowest number comes first."
LINK_HELP = "Write [text](URL) for a link."
MARKDOWN_HELP = f"Leave an empty line between paragraphs. Start a line with “- ” for a list item. {LINK_HELP}"


class Section(Sourced):
    """One headed part of a page."""

    heading = models.CharField(max_length=120)
    body = models.TextField(help_text=MARKDOWN_HELP)
    order = models.PositiveSmallIntegerField(default=0, help_text=ORDER_HELP)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.heading
