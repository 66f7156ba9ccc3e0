"""Files as a spreadsheet would send them, looked at and brought in."""

from directory.spreadsheets.formats import CSV, read_sheet, write
from directory.spreadsheets.preview import carry_out


def exported(table, format_name=CSV):
    dataset = table().export()
    return write(dataset.headers, dataset, format_name)


def look(table, data, agreed=""):
    resource = table()
    return carry_out(resource, resource.prepare(read_sheet(data), "file.csv"), agreed)


def bring_in(table, data):
    return look(table, data, look(table, data).digest)


def a_file(header, *rows):
    return write(header, rows, CSV)


def outcomes(preview):
    return [str(row.outcome) for row in preview.rows]


def faults(preview):
    return [(fault.row, fault.columns, fault.cell, fault.reason) for fault in preview.faults]
