"""The content security policy: nearly every answer has the same one, which is worked out once."""

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware, PolicyParts
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

_USUAL = PolicyParts()


class ContentPolicyMiddleware(CSPMiddleware):
    """The library's own, which puts the policy together anew for each answer. No page of ours needs a nonce."""

    def process_request(self, request: HttpRequest) -> None:
        """Nothing to prepare."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_usual = self.get_policy_parts(request, response) == _USUAL and HEADER not in response
        if not is_usual or getattr(response, "_csp_exempt", False) or settings.DEBUG:  # a page that plays recordings
            return super().process_response(request, response)
        response.headers[HEADER] = self._usual
        return response

    @cached_property
    def _usual(self) -> str:
        return build_policy()
