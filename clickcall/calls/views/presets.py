"""Pages for admins: how we call."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ...models import Preset
from ...web.decorators import admin_required
from ...web.http import MemberRequest, page
from .. import services
from ..params import machine_first, preset_values
from ..preset_form import ExplainedPresetForm


@require_GET
@admin_required
def index(request: MemberRequest) -> HttpResponse:
    presets = [(preset, machine_first(preset_values(preset))) for preset in Preset.objects.visible_to(request.member)]
    context = {
        "presets": [(preset, machine) for preset, machine in presets if preset.archived_at is None],
        "archived": [preset for preset, _machine in presets if preset.archived_at],
    }
    return page(request, "presets/list.html", context)


@require_http_methods(["GET", "POST"])
@admin_required
def new(request: MemberRequest) -> HttpResponse:
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@admin_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _form(request, _preset(request, pk))


def _form(request: MemberRequest, preset: Preset | None) -> HttpResponse:
    account = request.member.account
    form = ExplainedPresetForm(request.POST or None, account=account, preset=preset)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_preset(account=account, preset=preset, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("calls:presets")
    context = {"form": form, "preset": preset}
    return page(request, "presets/form.html", context, status=422 if form.errors else 200)


@require_POST
@admin_required
def archive(request: MemberRequest, pk: int) -> HttpResponse:
    services.archive_preset(_preset(request, pk))
    return redirect("calls:presets")


@require_POST
@admin_required
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    services.save_preset(account=request.member.account, preset=_preset(request, pk), archived_at=None)
    return redirect("calls:presets")


@require_POST
@admin_required
def default(request: MemberRequest, pk: int) -> HttpResponse:
    """What lets the client hear a machine first is never the default."""
    preset = _preset(request, pk)
    if preset.archived_at or machine_first(preset_values(preset)):
        messages.warning(request, _("This cannot be the default. Nothing was changed."))
    else:
        services.make_default(preset)
    return redirect("calls:presets")


def _preset(request: MemberRequest, pk: int) -> Preset:
    return get_object_or_404(Preset.objects.visible_to(request.member), pk=pk)
