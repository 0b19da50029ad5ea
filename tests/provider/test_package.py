import subprocess
import sys
from pathlib import Path

import clickcall.provider

PACKAGE = Path(clickcall.provider.__file__).parent
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py") if path.stem != "__init__")


def test_nothing_of_the_wire_loads_django_or_the_rest_of_the_app():
    imports = "; ".join(f"import clickcall.provider.{name}" for name in MODULES)
    wanted = "{m for m in sys.modules if m.split('.')[0] == 'django' or m.startswith('clickcall.')}"
    code = f"import sys; {imports}; print(*sorted({wanted}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == ["clickcall.provider", *(f"clickcall.provider.{name}" for name in MODULES)]
