from content.language.checks import assistant_talk as assistant_talk
from content.language.checks import doubled_word as doubled_word
from content.language.checks import empty_link as empty_link
from content.language.checks import hidden_characters as hidden_characters
from content.language.checks import placeholder_left as placeholder_left
