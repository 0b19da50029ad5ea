"""Why a whole file cannot be taken. Nothing is changed then."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

TROUBLES: "dict[str, StrPromise]" = {
    "empty": _("The file is empty."),
    "headings_only": _("The file has headings, but no rows below them."),
    "too_large": _("The file is larger than 20 MB. Split it into several."),
    "unpacks_too_large": _("Unpacked, the file would be larger than 500 MB. Split it into several."),
    "too_many_rows": _("The file has more than 500,000 rows. Split it into several."),
    "too_many_columns": _("The table is wider than 200 columns. Keep the columns that matter and save it again."),
    "pdf": _("This is a PDF, whatever its name says. Save the table as XLSX or CSV and upload that."),
    "not_a_table": _("There is no table in this file. Save it as XLSX or CSV and upload that."),
    "utf16": _("This file is in “Unicode text” (UTF-16). Save it as XLSX or as CSV UTF-8."),
    "encoding": _("Some letters in this file are broken. Save it once more, as XLSX or as CSV UTF-8."),
    "long_cell": _("A cell is longer than 100,000 characters. Is a quotation mark not closed?"),
    "open_quote": _(
        "The quotation mark that opens a text in line %(line)s is not closed where the text ends. "
        "Close it or take it out, and upload the file again."
    ),
    "damaged": _("The file is damaged: it cannot be opened. Save it once more and upload it again."),
    "locked": _("The file is protected by a password. Save it without one and upload it again."),
    "no_sheet": _("There is no sheet of this name in the file."),
    "gone": _("The uploaded file is not here any more. Upload it again."),
    "bug": _("Something went wrong on our side. What was done so far stays; upload the file again for the rest."),
    "no_phones": _("Say which column holds the phones."),
    "twice": _("Only one column can be “%(field)s”."),
}


class FileError(ValueError):
    """A file, or the way its columns are read, that is no good. `code` is a key of `TROUBLES`."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    @property
    def message(self) -> str:
        return TROUBLES[self.code] % self.facts if self.facts else str(TROUBLES[self.code])
