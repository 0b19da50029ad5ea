"""Importing a list: the file, its columns, what would happen, and what did."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from ...models import ImportRun, ImportState
from ...web.decorators import manager_required
from ...web.http import STOP_POLLING, UNCHANGED, MemberRequest, page, wants_fragment
from ...web.paging import keyset
from ..importing import runs, work
from ..importing.forms import ColumnsForm, UploadForm
from ..importing.preview import preview
from ..importing.reasons import REASONS
from ..importing.refused import refused_rows
from ..importing.troubles import TROUBLES, FileError

NEWEST = 20
REFUSALS = 50


def _visible(request: MemberRequest, pk: int) -> ImportRun:
    rows = ImportRun.objects.visible_to(request.member).select_related("account", "list", "member")
    return get_object_or_404(rows, pk=pk)


@manager_required
def index(request: MemberRequest) -> HttpResponse:
    """The newest imports, and a form for another one."""
    if request.method == "POST":
        form = UploadForm(request.member, request.POST, request.FILES)
        run = _upload(request, form) if form.is_valid() else None
        if run:
            return redirect("contacts:import", run.pk)
    else:
        form = UploadForm(request.member, initial={"list": request.GET.get("list")})
    rows = ImportRun.objects.visible_to(request.member).select_related("list", "member")[:NEWEST]
    return render(request, "contacts/imports.html", {"form": form, "rows": rows})


def _upload(request: MemberRequest, form: UploadForm) -> ImportRun | None:
    """None, with the reason in the form and nothing changed, for a file that cannot be taken."""
    file = form.cleaned_data["file"]
    try:
        return runs.create(
            account=request.member.account,
            list=form.cleaned_data["list"],
            new_list=form.cleaned_data["new_list"],
            member=request.member,
            file_name=file.name,
            chunks=file.chunks(),
        )
    except FileError as error:
        form.add_error("file", error.message)
    except ValidationError as error:
        form.add_error("new_list", error.message_dict.get("name", []))
    return None


@require_GET
@manager_required
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One import as far as it has come. While it is worked on the page asks for its picture."""
    run = _visible(request, pk)
    if wants_fragment(request):
        if request.GET.get("seen") == _version(run):
            return HttpResponse(status=UNCHANGED)
        if not run.is_worked_on:  # what comes next is another page
            return HttpResponse(status=STOP_POLLING, headers={"HX-Refresh": "true"})
    context = {"run": run, "version": _version(run), **_picture(request, run)}
    return page(request, "contacts/import.html", context, fragment="progress")


def _version(run: ImportRun) -> str:
    return f"{run.state}-{run.position}"


def _picture(request: MemberRequest, run: ImportRun, form: ColumnsForm | None = None) -> dict[str, Any]:
    if run.state == ImportState.UPLOADED or form or (run.state == ImportState.READY and "columns" in request.GET):
        return _columns(run, form or ColumnsForm(run))
    if run.state == ImportState.READY:
        return {"ours": run.findings.get("on_list", 0) + run.findings.get("elsewhere", 0)}
    order = ("pk", "id")  # as they stand in the file
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    refusals = keyset(run.refusals.all(), order=order, after=after, before=before, size=REFUSALS)
    told = [(row, REASONS.get(row.reason, row.reason)) for row in refusals.rows]
    return {"refusals": refusals, "told": told, "problem": TROUBLES.get(run.problem)}


def _columns(run: ImportRun, form: ColumnsForm) -> dict[str, Any]:
    try:
        head = runs.look(run)
    except FileError as error:
        return {"gone": error.message}
    return {"form": form, "columns": form.columns(head), "preview": preview(run, head)}


@require_POST
@manager_required
def columns(request: MemberRequest, pk: int) -> HttpResponse:
    """What each column is; then the preview again (`again`), another sheet, or the check of all rows."""
    run = _visible(request, pk)
    if run.state not in runs.NOT_STARTED:
        return redirect("contacts:import", run.pk)
    form = ColumnsForm(run, request.POST)
    try:
        if request.POST.get("sheet", run.sheet) != run.sheet:
            runs.read_sheet(run, request.POST["sheet"])
            return redirect("contacts:import", run.pk)
        if form.is_valid():
            named = runs.set_columns(run, mapping=form.mapping, choice=form.cleaned_data["choice"])
            if named and "again" not in request.POST and runs.check(run) and run.total <= work.BATCH:
                work.work(run)  # a moment's work: nobody has to wait for the worker
            return redirect("contacts:import", run.pk)
    except FileError as error:
        form.add_error(None, error.message)
    return render(request, "contacts/import.html", {"run": run, **_picture(request, run, form)})


@require_POST
@manager_required
def start(request: MemberRequest, pk: int) -> HttpResponse:
    """Writes the rows, in the background."""
    run = _visible(request, pk)
    try:
        runs.start(run)
    except FileError as error:
        messages.error(request, error.message)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("contacts:import", run.pk)


@require_POST
@manager_required
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Stops it; what is on the list already stays there."""
    run = _visible(request, pk)
    runs.cancel(run)
    return redirect("contacts:import", run.pk)


@require_GET
@manager_required
def refused(request: MemberRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """The refused rows as CSV, to be corrected and uploaded again."""
    run = _visible(request, pk)
    try:
        lines = refused_rows(run)
    except FileError as error:
        messages.error(request, error.message)
        return redirect("contacts:import", run.pk)
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = _("refused rows of %(file)s") % {"file": run.file_name.rpartition(".")[0] or run.file_name}
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.csv") or ""
    return answer
