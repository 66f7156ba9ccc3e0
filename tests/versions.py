"""Whether the version of the content has changed."""

from directory.models import ContentVersion


def change_of(token):
    """Return a function that tells whether a token changed since it was last called."""
    seen = [getattr(ContentVersion.objects.tokens(), token)]

    def has_changed():
        seen.append(getattr(ContentVersion.objects.tokens(), token))
        assert seen[-1]
        return seen[-1] != seen[-2]

    return has_changed
