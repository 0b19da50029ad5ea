"""Texts of provision files, and the fixtures' types."""

from collections.abc import Callable
from typing import Any

Provision = Callable[[str], dict[str, Any]]
Refuse = Callable[[str], str]

EXAMPLE = """
[[account]]
slug = "acme"
name = "Acme"
brand = "custom"
call_api_url = "http://127.0.0.1:9000/v4.0"
data_api_url = "http://127.0.0.1:9000/v2.0"
country = "RU"
timezone = "Europe/Moscow"
tts_max_length = 300
automatic_number_management = false
show_virtual_phone_number = false
  [[account.token]]
  name = "main"
  secret_env = "ACME_TOKEN"
  [[account.number]]
  number = "74993720692"
  name = "Moscow"
  enabled = true
  [[account.media]]
  id = "237"
  name = "Hello"
  [[account.preset]]
  name = "Ordinary call"
  first_call = "employee"
  switch_at_once = true
  early_switching = true
  direction = "out"
  [[account.member]]
  username = "anna"
  name = "Анна"
  role = "sales"
  team = "North"
  password = "a-password-of-anna"
  number = "74993720692"
  [[account.list]]
  name = "Leads"
    [[account.list.contact]]
    name = "Иван Петров"
    company = "Ромашка"
    phone = "+7 926 000-00-00"
"""
SECRET = "key-0123456789abcdef"

ACCOUNT = """
[[account]]
slug = "acme"
name = "Acme"
brand = "uis"
"""
