"""Write the search entries anew."""

from django.core.management.base import BaseCommand

from directory import search


class Command(BaseCommand):
    """`manage.py rebuild_search`: for content that was changed without Django, for instance by SQL."""

    help = "Rebuild the search entry of every page, for example after changes by SQL, loaddata or update()."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"Wrote {search.rebuild()} search entries.")
