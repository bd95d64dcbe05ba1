from content.drafts.intake import json_v1 as json_v1
