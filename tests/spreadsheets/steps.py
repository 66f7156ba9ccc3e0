"""Export, preview and import spreadsheets as the admin does."""

from directory.spreadsheets.formats import CSV, read_sheet, write
from directory.spreadsheets.importer import import_sheet
from directory.spreadsheets.spreadsheet import Spreadsheet


def exported(model, format_name=CSV):
    return Spreadsheet(model).export(model.objects.all(), format_name)


def exported_rows(model):
    sheet = read_sheet(exported(model))
    return [dict(zip(sheet.header, cells, strict=True)) for _, cells in sheet.rows]


def preview_of(model, data, confirmed=""):
    return import_sheet(Spreadsheet(model), read_sheet(data), "file.csv", confirmed)


def import_file(model, data):
    return preview_of(model, data, preview_of(model, data).digest)


def a_file(header, *rows):
    return write(header, rows, CSV)


def statuses(preview):
    return [str(row.status) for row in preview.rows]


def errors(preview):
    return [(error.row, error.columns, error.cell, error.reason) for error in preview.errors]
