"""The doctor: asks the provider harmless questions with every access key and says what is wrong and how to mend it."""

from .asking import examine
from .diagnosis import Diagnosis, latest
from .findings import Finding

__all__ = ["Diagnosis", "Finding", "examine", "latest"]
