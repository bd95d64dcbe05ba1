"""Intake filters, each imported so that it registers itself."""

from content.drafts.intake import json_v1

__all__ = ["json_v1"]
