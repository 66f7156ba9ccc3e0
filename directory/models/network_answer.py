"""Answers to the questions that places ask before they join. Every network has the same questions."""

from django.db import models

from directory.models.natural_key import NaturalKeyModel
from directory.models.section import LINK_HELP
from directory.models.source import Sourced


class Question(models.TextChoices):
    """The questions, in the order in which pages show them."""

    AUDIENCE = "audience", "Who is it for?"
    OPERATOR = "operator", "Who runs it?"
    JOINING = "joining", "How does a place join?"
    DURATION = "duration", "How long does it take?"
    BENEFITS = "benefits", "What does a place get?"


class NetworkAnswer(NaturalKeyModel, Sourced):
    """A network's answer to one of the questions."""

    natural_key_lookups = ("network__slug", "question")

    network = models.ForeignKey("Network", models.CASCADE, related_name="answers")
    question = models.CharField(max_length=20, choices=Question)
    text = models.TextField(
        help_text=f"One to three sentences. Say so if the source gives no answer. {LINK_HELP}"
    )

    class Meta:
        ordering = ["network", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["network", "question"], name="network_answer_once_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.get_question_display()}"
