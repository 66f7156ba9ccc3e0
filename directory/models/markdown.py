"""The part of Markdown that editors may write."""

from markdown_it import MarkdownIt

# Paragraphs, lists, emphasis and links. HTML is shown as text.
MARKDOWN = MarkdownIt("zero").enable(["list", "emphasis", "link", "newline", "escape"])


def plain_paragraphs(text: str) -> list[str]:
    """Return the paragraphs and list items of a text, each on one line and without formatting."""
    blocks = [token.children or [] for token in MARKDOWN.parse(text) if token.type == "inline"]
    paragraphs = (
        "".join(child.content or " " * child.type.endswith("break") for child in block) for block in blocks
    )
    return [" ".join(paragraph.split()) for paragraph in paragraphs]
