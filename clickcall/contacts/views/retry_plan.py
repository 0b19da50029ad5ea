"""When the people of a list are called again who were not reached: for managers, in words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...models import ContactList
from ...web.decorators import manager_required
from ...web.http import MemberRequest
from .. import services
from ..queue import plan


class RetryPlanForm(forms.Form):
    """One field for each attempt; what is left empty is no step. Without any step it is the usual plan."""

    def __init__(self, data: Mapping[str, Any] | None, steps: tuple[str, ...]) -> None:
        super().__init__(data)
        choices = [("", gettext_lazy("No further attempt")), *plan.STEPS.items()]
        for place in range(plan.MOST):
            self.fields[f"step{place}"] = forms.ChoiceField(
                label=_("After attempt %(n)d") % {"n": place + 1},
                choices=choices,
                required=False,
                initial=steps[place] if place < len(steps) else "",
            )

    @property
    def steps(self) -> list[str]:
        return [step for step in self.cleaned_data.values() if step]


@manager_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The list's own steps, or the usual ones."""
    row = get_object_or_404(ContactList.objects.visible_to(request.member).active(), pk=pk)
    form = RetryPlanForm(request.POST if "step0" in request.POST else None, plan.steps_of(row))
    if request.method == "POST" and ("usual" in request.POST or form.is_valid()):
        services.set_retry_plan(row, [] if "usual" in request.POST else form.steps)
        messages.success(request, plan.in_words(plan.steps_of(row)))
        return redirect("contacts:lists")
    context = {"list": row, "form": form, "words": plan.in_words(plan.steps_of(row)), "is_usual": not row.retry_plan}
    return render(request, "contacts/retry_plan.html", context)
