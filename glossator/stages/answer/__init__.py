"""Questions of people -> rows of the archive that answer them; one matcher for pages, the command line and programs."""

from glossator.stages.answer.condition_values import KnownValues, folded, resolved
from glossator.stages.answer.match import KEYWORDS, AskedArticle, Passages, SpokenWords, is_asked, matches
from glossator.stages.answer.ordered_rows import Ranks, counted_names, ordered
from glossator.stages.answer.read_question import KEYS, Fault, ReadQuestion, read_question
from glossator.stages.answer.words import WantedWords, wanted_words

__all__ = [
    "KEYS",
    "KEYWORDS",
    "AskedArticle",
    "Fault",
    "KnownValues",
    "Passages",
    "Ranks",
    "ReadQuestion",
    "SpokenWords",
    "WantedWords",
    "counted_names",
    "folded",
    "is_asked",
    "matches",
    "ordered",
    "read_question",
    "resolved",
    "wanted_words",
]
