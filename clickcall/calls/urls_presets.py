"""Addresses of presets."""

from django.urls import URLPattern

presets_patterns: list[URLPattern] = []
