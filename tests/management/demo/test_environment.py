from pathlib import Path

from clickcall.management.demo.environment import child_environment


def test_nothing_outside_can_lead_the_demo_elsewhere() -> None:
    outside = {
        "PATH": "/usr/bin",
        "DATABASE_URL": "postgres://production/clickcall",
        "REDIS_URL": "redis://production",
        "SECRET_KEY": "production",
        "CLICKCALL_TOKEN_KEYS": "production",
        "CLICKCALL_PROXY": "http://production",
        "CLICKCALL_PUBLIC_URL": "https://production",
        "DEBUG": "1",
        "https_proxy": "http://production",
    }
    seen = child_environment(outside, Path("demo"), {"SECRET_KEY": "own", "CLICKCALL_TOKEN_KEYS": "own"})
    assert "production" not in " ".join(seen.values())
    assert (seen["PATH"], seen["DEBUG"], seen["CLICKCALL_READ_DOTENV"]) == ("/usr/bin", "0", "0")
    assert (seen["CLICKCALL_DATA_DIR"], seen["CLICKCALL_ALLOW_PRIVATE_URLS"]) == ("demo", "1")
