"""The part of Markdown that editors may write."""

from functools import lru_cache

from markdown_it import MarkdownIt

# Paragraphs, lists, emphasis and links. HTML is shown as text.
MARKDOWN = MarkdownIt("zero").enable(["list", "emphasis", "link", "newline", "escape"])


@lru_cache(maxsize=1_000)  # many pages have texts in common, such as the names of priorities
def plain_paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs and list items of a text, each on one line and without formatting."""
    blocks = [token.children or [] for token in MARKDOWN.parse(text) if token.type == "inline"]
    lines = (
        "".join(child.content or " " * child.type.endswith("break") for child in block) for block in blocks
    )
    return tuple(" ".join(line.split()) for line in lines)
