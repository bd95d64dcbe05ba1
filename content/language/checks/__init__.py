from content.language.checks import assistant_talk, doubled_word, empty_link, hidden_characters, placeholder_left

__all__ = ["assistant_talk", "doubled_word", "empty_link", "hidden_characters", "placeholder_left"]
