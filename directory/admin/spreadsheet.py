"""Export a list to a spreadsheet, and import it after a preview."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from directory.database import analyze
from directory.models import Upload
from directory.spreadsheets.file_error import FileError
from directory.spreadsheets.formats import CONTENT_TYPES, EMPTY, MAX_MEGABYTES, MAX_ROWS, read_sheet
from directory.spreadsheets.importer import import_sheet
from directory.spreadsheets.preview import Preview
from directory.spreadsheets.spreadsheet import Spreadsheet


class UploadForm(forms.Form):
    """The file to import."""

    file = forms.FileField(
        label="CSV or XLSX file",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"required": "Select a file.", "empty": EMPTY},
        help_text=f"At most {MAX_ROWS:,} rows and {MAX_MEGABYTES} MB.",
    )


class ConfirmForm(forms.Form):
    """The upload to import, and the digest of the preview that was confirmed."""

    upload = forms.IntegerField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput)


class SpreadsheetAdmin(admin.ModelAdmin):
    """A list with an export and an import."""

    change_list_template = "admin/spreadsheet/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """Put the URLs of export and import before Django's, which would take them for primary keys."""
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("export/", view(self.export_view), name=f"{name}_export"),
            path("import/", view(self.import_view), name=f"{name}_import"),
            path("process_import/", view(self.confirm_view), name=f"{name}_process_import"),
            *super().get_urls(),
        ]

    def has_import_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may import, by a permission of its own."""
        codename = get_permission_codename("import", self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add whether the user may import."""
        context = {"has_import_permission": self.has_import_permission(request)}
        return super().changelist_view(request, context | (extra_context or {}))

    def export_view(self, request: HttpRequest) -> HttpResponse:
        """Return the records of the list, as it is filtered, as a file. Raise PermissionDenied.

        Everybody who may view the records may export them.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            records = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseRedirect(self._url("export"))
        if (format_name := request.POST.get("format")) in CONTENT_TYPES:
            try:
                return self._file(Spreadsheet(self.model).export(records, format_name), format_name)
            except FileError as error:
                messages.error(request, str(error))
        return self._page(request, "Export", count=records.count())

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Preview the import of an uploaded file. Raise PermissionDenied."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        preview = upload = None
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read(MAX_MEGABYTES * 1024 * 1024 + 1)
            try:
                preview = self._import(content, file.name)
            except FileError as error:
                form.add_error("file", str(error))
        if preview and preview.can_be_imported:
            upload = Upload.objects.store(
                file.name, user=request.user, model=self.opts.label_lower, content=content
            )
        return self._import_page(request, form, preview, upload)

    @method_decorator(require_POST)
    def confirm_view(self, request: HttpRequest) -> HttpResponse:
        """Import the upload if that does what the confirmed preview shows. Raise PermissionDenied."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        try:
            with transaction.atomic():
                upload, digest = self._confirmed_upload(request)
                preview = self._import(bytes(upload.content), upload.file_name, digest)
                is_imported = preview.is_confirmed_by(digest)
                if is_imported:
                    upload.delete()
                    analyze()
        except FileError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self._url("import"))
        if is_imported:
            messages.success(request, f"Imported {upload.file_name}: {preview.summary}.")
            return HttpResponseRedirect(self._url("changelist"))
        messages.warning(
            request,
            "Nothing was imported, because the directory has changed since the preview. "
            "Check the new preview below.",
        )
        return self._import_page(request, UploadForm(), preview, upload)

    def _import(self, content: bytes, file_name: str, digest: str = "") -> Preview:
        return import_sheet(Spreadsheet(self.model), read_sheet(content), file_name, digest)

    def _confirmed_upload(self, request: HttpRequest) -> tuple[Upload, str]:
        """Return the user's own upload for this model, locked, and the digest. Raise FileError."""
        form = ConfirmForm(request.POST)
        # The lock makes a second click wait for the first.
        uploads = Upload.objects.filter(user=request.user, model=self.opts.label_lower).select_for_update()
        upload = uploads.filter(pk=form.cleaned_data["upload"]).first() if form.is_valid() else None
        if upload is None:
            raise FileError(
                "This file has already been imported, or was not confirmed in time. Upload it again."
            )
        return upload, form.cleaned_data["digest"]

    def _file(self, content: bytes, format_name: str) -> HttpResponse:
        response = HttpResponse(content, content_type=CONTENT_TYPES[format_name])
        name = f"{slugify(str(self.opts.verbose_name_plural))}-{timezone.localdate()}.{format_name}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _import_page(
        self, request: HttpRequest, form: UploadForm, preview: Preview | None, upload: Upload | None
    ) -> HttpResponse:
        confirm_form = None
        if upload and preview and preview.can_be_imported:
            confirm_form = ConfirmForm(initial={"upload": upload.pk, "digest": preview.digest})
        return self._page(request, "Import", form=form, preview=preview, confirm_form=confirm_form)

    def _page(self, request: HttpRequest, verb: str, **context: Any) -> HttpResponse:
        request.current_app = self.admin_site.name
        context |= self.admin_site.each_context(request) | {
            "title": f"{verb} {self.opts.verbose_name_plural}",
            "opts": self.opts,
            "verb": verb,
            "spreadsheet": Spreadsheet(self.model),
        }
        return TemplateResponse(request, f"admin/spreadsheet/{verb.lower()}.html", context)

    def _url(self, page: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}")
