"""What an examination came to: for the command line, for pages, and as the newest one is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ...models import Account, Checkup
from .findings import Finding


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """`address` is our own outgoing address as the provider named it; "" as long as it had no reason to."""

    account: Account
    at: datetime
    findings: list[Finding]
    address: str = ""

    @property
    def ok(self) -> bool:
        """Nothing found that keeps anybody from calling; warnings do not count."""
        return all(finding.level != "fail" for finding in self.findings)

    @property
    def faults(self) -> list[Finding]:
        """What somebody should look at, the worst first."""
        found = [finding for finding in self.findings if finding.level != "ok"]
        return sorted(found, key=lambda finding: finding.level != "fail")

    def found(self, *codes: str) -> list[Finding]:
        """The findings with one of these codes."""
        return [finding for finding in self.findings if finding.code in codes]

    def printed(self) -> dict[str, Any]:
        """As `manage.py doctor --json` prints it, in the current language."""
        brand = str(self.account.brand_name)
        checks = [
            {
                "token": finding.token,
                "api": finding.api,
                "code": finding.code,
                "level": finding.level,
                "message": finding.message(brand),
                "remedy": finding.remedy(brand),
            }
            for finding in self.findings
        ]
        return {"account": self.account.slug, "ok": self.ok, "checks": checks}

    def keep(self) -> None:
        """Stores it as the account's newest, without texts."""
        rows = [finding.row() for finding in self.findings]
        fields = {"at": self.at, "ok": self.ok, "checks": rows, "address": self.address[:64]}
        Checkup.objects.update_or_create(account=self.account, defaults=fields)


def latest(account: Account) -> Diagnosis | None:
    """The newest examination; None before the first one."""
    kept = Checkup.objects.filter(account=account).first()
    if kept is None:
        return None
    return Diagnosis(account, kept.at, [Finding.from_row(row) for row in kept.checks], kept.address)
