from content.insights.metrics import (
    acceptance,
    claim_mix,
    disclosure_mix,
    edit_rate,
    gate_first_pass,
    gate_refusals,
    human_share,
    longest_ai_run,
    time_to_sign_off,
)

__all__ = [
    "acceptance",
    "claim_mix",
    "disclosure_mix",
    "edit_rate",
    "gate_first_pass",
    "gate_refusals",
    "human_share",
    "longest_ai_run",
    "time_to_sign_off",
]
