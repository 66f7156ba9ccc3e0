"""Tables at the desk: out to a spreadsheet, and back after a look at what that would do."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views.decorators.http import require_POST
from import_export.admin import ImportExportMixin

from directory.database import analyze
from directory.models import Upload
from directory.spreadsheets.file_error import FileError
from directory.spreadsheets.formats import CONTENT_TYPES, MAX_MEGABYTES, MAX_ROWS, read_sheet, write
from directory.spreadsheets.preview import Preview, carry_out
from directory.spreadsheets.resource import TableResource

NAME_LENGTH = 100
CHANGED_MEANWHILE = (
    "Nothing was imported: the directory changed while you looked. Below is what the file would do now."
)


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="CSV or XLSX file",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": "Choose a file first.",
            "empty": "The file is empty. It needs a row with the names of the columns, and rows below it.",
        },
        help_text=f"At most {MAX_ROWS:,} rows and {MAX_MEGABYTES} MB.",
    )


class ConfirmForm(forms.Form):
    """Which upload to import, and what it was seen to do."""

    upload = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)


class SpreadsheetAdmin(ImportExportMixin):
    """A list that can be exported and imported as a table; `resource_classes` names the one table."""

    def has_export_permission(self, request: HttpRequest) -> bool:
        """Whoever sees the records may take them along."""
        return self.has_view_permission(request)

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take a file, and show row by row what importing it would do."""
        self._require_import_permission(request)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if not form.is_valid():
            return self._import_page(request, form)
        file = form.cleaned_data["file"]
        content = file.read(MAX_MEGABYTES * 1024 * 1024 + 1)
        try:
            preview = self._carry_out(content, file.name)
        except FileError as error:
            form.add_error("file", str(error))
            return self._import_page(request, form)
        upload = None
        if preview.can_be_done:
            upload = Upload.objects.keep(
                user=request.user,
                model=self.opts.label_lower,
                file_name=file.name[-NAME_LENGTH:],
                content=content,
            )
        return self._import_page(request, UploadForm(), preview, upload)

    @method_decorator(require_POST)
    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Import what somebody looked at and confirmed, or say what has changed since."""
        self._require_import_permission(request)
        form = ConfirmForm(request.POST)
        try:
            with transaction.atomic():
                upload = self._upload(request, form)
                preview = self._carry_out(bytes(upload.content), upload.file_name, form.cleaned_data["seen"])
                is_done = preview.is_agreed(form.cleaned_data["seen"])
                if is_done:
                    upload.delete()
                    analyze()
        except FileError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self._address("import"))
        if is_done:
            messages.success(request, f"Imported {upload.file_name}: {_summary(preview)}.")
            return HttpResponseRedirect(self._address("changelist"))
        messages.warning(request, CHANGED_MEANWHILE)
        return self._import_page(request, UploadForm(), preview, upload)

    def export_action(self, request: HttpRequest) -> HttpResponse:
        """Hand out the records of the list, as it is filtered, as a file."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        try:
            queryset = self.get_export_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self._address("export"))
        if (format_name := request.POST.get("format")) in CONTENT_TYPES:
            try:
                return self._file(queryset, format_name)
            except FileError as error:
                messages.error(request, str(error))
        return self._page(request, self.export_template_name, "Export", count=queryset.count())

    def _file(self, queryset: Any, format_name: str) -> HttpResponse:
        table = self._table().export(queryset)
        response = HttpResponse(
            write(table.headers, table, format_name), content_type=CONTENT_TYPES[format_name]
        )
        name = f"{slugify(self.opts.verbose_name_plural)}-{timezone.localdate()}.{format_name}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _carry_out(self, content: bytes, file_name: str, agreed: str = "") -> Preview:
        table = self._table()
        return carry_out(table, table.prepare(read_sheet(content), file_name), agreed)

    def _upload(self, request: HttpRequest, form: ConfirmForm) -> Upload:
        """The person's own upload of this table. Raises FileError if it is gone.

        A second click waits here for the first.
        """
        mine = Upload.objects.filter(user=request.user, model=self.opts.label_lower).select_for_update()
        upload = mine.filter(pk=form.cleaned_data["upload"]).first() if form.is_valid() else None
        if upload is None:
            raise FileError("This file was imported already, or waited too long. Upload it again.")
        return upload

    def _import_page(
        self,
        request: HttpRequest,
        form: UploadForm,
        preview: Preview | None = None,
        upload: Upload | None = None,
    ) -> HttpResponse:
        confirm = None
        if preview and upload and preview.can_be_done:
            confirm = ConfirmForm(initial={"upload": upload.pk, "seen": preview.digest})
        context = {"form": form, "preview": preview, "confirm_form": confirm}
        columns = self._table().columns()
        return self._page(request, self.import_template_name, "Import", columns=columns, **context)

    def _page(self, request: HttpRequest, template: str, verb: str, **context: Any) -> HttpResponse:
        request.current_app = self.admin_site.name
        context |= self.admin_site.each_context(request)
        title = f"{verb} {self.opts.verbose_name_plural}"
        context |= {"title": title, "opts": self.opts, "verb": verb}
        return TemplateResponse(request, template, context)

    def _table(self) -> TableResource:
        return self.resource_classes[0]()

    def _address(self, page: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}")

    def _require_import_permission(self, request: HttpRequest) -> None:
        if not self.has_import_permission(request):
            raise PermissionDenied


def _summary(preview: Preview) -> str:
    return ", ".join(f"{count} {outcome.lower()}" for outcome, count in preview.counts.items())
