"""What the doctor found, as a step shows it."""

from ...accounts.doctor import Finding
from ..known import Known
from ..step import Seen


def seen(known: Known, *codes: str) -> list[Seen]:
    """The newest findings with one of these codes, each once, in the reader's language."""
    found = known.diagnosis.found(*codes) if known.diagnosis else []
    lines = [_line(known.brand, one) for one in found if one.level != "ok"]
    return list({line.what: line for line in lines}.values())


def _line(brand: str, finding: Finding) -> Seen:
    details = finding.details
    cause, text = str(details.get("cause", "")), str(details.get("said", ""))
    said = " · ".join(part for part in (cause, f"“{text}”" if text else "") if part)
    return Seen(finding.message(brand), finding.remedy(brand), is_bad=finding.level == "fail", said=said)
