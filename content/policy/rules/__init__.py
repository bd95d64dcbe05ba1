from content.policy.rule import RULES as RULES
from content.policy.rules import (
    all_claims_checked as all_claims_checked,
)
from content.policy.rules import (
    attested_fields_complete as attested_fields_complete,
)
from content.policy.rules import (
    coverage as coverage,
)
from content.policy.rules import (
    declaration_complete as declaration_complete,
)
from content.policy.rules import (
    enforced_checks_clean as enforced_checks_clean,
)
from content.policy.rules import (
    generation_depth_limit as generation_depth_limit,
)
from content.policy.rules import (
    hidden_characters_resolved as hidden_characters_resolved,
)
from content.policy.rules import (
    minimum_reading_time as minimum_reading_time,
)
from content.policy.rules import (
    no_objection as no_objection,
)
from content.policy.rules import (
    no_open_threads as no_open_threads,
)
from content.policy.rules import (
    no_tamper_signals as no_tamper_signals,
)
from content.policy.rules import (
    not_a_duplicate_of_published as not_a_duplicate_of_published,
)
from content.policy.rules import (
    pasted_text_has_source as pasted_text_has_source,
)
from content.policy.rules import (
    required_approvals as required_approvals,
)
from content.policy.rules import (
    responsible_person_set as responsible_person_set,
)
from content.policy.rules import (
    signoff_not_older_than as signoff_not_older_than,
)
from content.policy.rules.claims import (
    maximum_ai_run as maximum_ai_run,
)
from content.policy.rules.claims import (
    maximum_asserted_share as maximum_asserted_share,
)
from content.policy.rules.claims import (
    minimum_human_share as minimum_human_share,
)
from content.policy.rules.claims import (
    minimum_novel_share as minimum_novel_share,
)
from content.policy.rules.claims import (
    substantive_change as substantive_change,
)
