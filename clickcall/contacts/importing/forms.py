"""What may be chosen about an import: the file and its list, then what each column is."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ...models import ContactList, ImportChoice, ImportRun, Member
from .head import Head
from .headings import FIELDS, IGNORED


class UploadForm(forms.Form):
    """A file, and a list that is there or the name of a new one."""

    file = forms.FileField(
        label=_("File"),
        error_messages={"required": _("Choose a file.")},
        allow_empty_file=True,  # said in our own words
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls,.ods"}),
        help_text=_("CSV, XLSX, XLS or ODS, up to 20 MB and 500,000 rows."),
    )
    list = forms.ModelChoiceField(
        ContactList.objects.none(), label=_("List"), required=False, empty_label=_("A new list")
    )
    new_list = forms.CharField(label=_("Name of the new list"), max_length=100, required=False)

    def __init__(self, member: Member, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["list"].queryset = ContactList.objects.visible_to(member).active()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("list") and not cleaned.get("new_list") and "list" not in self.errors:
            self.add_error("new_list", _("Choose a list, or give a new one a name."))
        return cleaned


class ColumnsForm(forms.Form):
    """One select a column, and what is done with people who are ours already."""

    choice = forms.ChoiceField(
        label=_("People who are ours already"), choices=ImportChoice.choices, widget=forms.RadioSelect
    )

    def __init__(self, run: ImportRun, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"choice": run.choice})
        self.run = run
        choices = [(IGNORED, _("Leave out")), *FIELDS.items()]
        for place, (heading, field) in enumerate(zip(run.columns, run.mapping, strict=True)):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading, choices=choices, required=False, initial=field
            )

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data[f"column-{place}"] for place in range(len(self.run.columns))]

    def columns(self, head: Head) -> list[tuple[forms.BoundField, Sequence[str]]]:
        """Each column's field with a few texts that stand in it; columns without a heading and a text are left out."""
        texts = [row for _line, row in head.samples]
        return [
            (self[f"column-{place}"], found)
            for place in range(len(self.run.columns))
            if (found := [row[place] for row in texts if place < len(row) and row[place].strip()][:3])
            or self.run.mapping[place]
        ]
