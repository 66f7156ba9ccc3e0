"""The words of a search: in the whole site, and within the directory."""

from typing import Any

from django import forms

MAX_CHARACTERS = 100
MAX_WORDS = 8


class SearchWordsField(forms.CharField):
    """A few words to search for; optional."""

    widget = forms.SearchInput
    default_error_messages = {
        "max_length": "Your search has %(show_value)d characters. Shorten it to %(limit_value)d.",
        "max_words": "Your search has %(number)d words. Shorten it to %(most)d.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": MAX_CHARACTERS} | kwargs)

    def to_python(self, value: Any) -> str:
        """Return the text without spaces at its ends, and without the character that no database stores."""
        return str(super().to_python(_without_null(value)))

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return what the form shows again beside an error."""
        return _without_null(super().bound_data(data, initial))

    def validate(self, value: str) -> None:
        """Raise ValidationError if there are more words than a search needs."""
        super().validate(value)
        number = len(value.split())
        if number > MAX_WORDS:
            raise forms.ValidationError(
                self.error_messages["max_words"],
                code="max_words",
                params={"number": number, "most": MAX_WORDS},
            )


class SearchForm(forms.Form):
    """The search over the whole site; other parameters are ignored."""

    q = SearchWordsField(label="City, partner or word")


def _without_null(value: Any) -> Any:
    return value.replace("\x00", "") if isinstance(value, str) else value
