"""What every turn must be, whoever worded it: for the tests of guided voice, model voice and fallback."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from coach.domain.conversation import Conversation, Replied, Said
from coach.domain.quality import Yardstick, is_open, measure, own_words, questions_in, word_count
from coach.domain.steps import AskKind, Lead
from coach.domain.values import Language
from coach.pages.safe import safe_markdown

LONGEST = 60  # words, the closing and what she asked for left out
LONGEST_TOLD = 150  # words of a turn that answers a side question, or closes
AFTER_THE_QUESTION = 12  # words of invitation that may follow a question
CHOICES = frozenset({Lead.HEAVY, Lead.CARE, Lead.PAUSED, Lead.CLOSED, Lead.ADVICE, Lead.OFF_TOPIC})
TOLD = frozenset({Lead.MEANING, Lead.EXAMPLE, Lead.WHY, Lead.CLOSED, Lead.CARE, Lead.WELCOME})
MARK = re.compile(  # of a source: [1], 【1†source】, ¹, (1), (Author, 2024)
    r"[\[【]\s*\d[^\]】]{0,20}[\]】]|[¹²³⁴-⁹]|\(\s*\d{1,2}\s*\)|\([^()]{0,40}\b(?:19|20)\d\d\b[^()]{0,20}\)"
)
QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|‘([^’]{12,})’")
SMALL_WORDS = {
    Language.NL: frozenset(
        "de het een en van je jij jouw jullie dat die dit is wat hoe wie waar niet met voor bij ook zo of als".split()
    ),
    Language.EN: frozenset(
        "the a an and of you your that this is what how who where not with for at so if do it".split()
    ),
}
_WORD = re.compile(r"[^\W\d_]+")
_READER = MarkdownIt("gfm-like", {"html": True, "linkify": False})
_ADDRESS = re.compile(r"(?<!\\)(https?:|www\.|mailto:|javascript:|data:\w+/)", re.IGNORECASE)
_KINDS_DRAWN = frozenset(
    "root inline text paragraph em strong softbreak hardbreak bullet_list ordered_list list_item blockquote".split()
)


@dataclass(frozen=True)
class Turn:
    """The last turn of the coach in a conversation, with what it is measured by."""

    conversation: Conversation
    yardstick: Yardstick
    ours: str  # all sentences that are written under prompts/ for a person to read

    @property
    def reply(self) -> Replied:
        """The turn itself."""
        return self.conversation.replies[-1]

    @property
    def own(self) -> str:
        """What the coach herself says, without quotes and passages."""
        return own_words(self.reply)


def broken(turn: Turn) -> list[str]:
    """Return what is wrong with a turn, in words; empty when it is good."""
    checks = (_question, _length, _language, _advice, _leading, _register, _marks, _quotes, _repeats, _drawn)
    return [told for check in checks for told in check(turn)]


def _question(turn: Turn) -> Iterator[str]:
    step, asked = turn.reply.step, questions_in(turn.own)
    if len(asked) > 1 or (step.poses and not asked):
        yield f"{len(asked)} questions"
    consents = step.lead in CHOICES or step.ask.kind in (AskKind.SUMMARY, AskKind.CLOSING)
    if step.poses and not consents and not any(is_open(one, turn.yardstick) for one in asked):
        yield f"closed question: {asked}"
    if step.poses and word_count(turn.reply.text.rpartition("?")[2]) > AFTER_THE_QUESTION:
        yield "does not end with its question"


def _length(turn: Turn) -> Iterator[str]:
    step = turn.reply.step
    told = step.lead in TOLD or step.ask.kind is AskKind.CLOSING
    count = word_count(turn.own)
    if not 3 <= count <= (LONGEST_TOLD if told else LONGEST):
        yield f"{count} words"


def _language(turn: Turn) -> Iterator[str]:
    words = [word.casefold() for word in _WORD.findall(turn.own)]
    hits = {language: sum(word in known for word in words) for language, known in SMALL_WORDS.items()}
    language = turn.conversation.language
    if hits[language] == 0 or any(other > hits[language] for other in hits.values()):
        yield f"language: {hits}"


def _alone(turn: Turn) -> Conversation:
    """The turn as a conversation of its own, so that the measures are about it."""
    reply, entries = turn.reply, turn.conversation.entries
    said = [entry for entry in entries if isinstance(entry, Said) and entry.position == reply.answers]
    return Conversation(turn.conversation.id, turn.conversation.language, None, entries=(*said, reply))


def _advice(turn: Turn) -> Iterator[str]:
    if measure(_alone(turn), turn.yardstick).advice_before_six:
        yield "advice before question 6"


def _leading(turn: Turn) -> Iterator[str]:
    if measure(_alone(turn), turn.yardstick).leading_share:
        yield "leading question"


def _register(turn: Turn) -> Iterator[str]:
    formal = [rf"\b{word}\b" for word in turn.yardstick.formal]
    if any(re.search(word, turn.own, re.IGNORECASE) for word in formal):
        yield "formal you"


def _marks(turn: Turn) -> Iterator[str]:
    reply = turn.reply
    allowed = {f"[{citation.number}]" for citation in reply.passages}
    found = [mark.strip() for mark in MARK.findall(_without_passages(reply))]
    yield from (f"mark {mark}" for mark in found if mark not in allowed)


def _without_passages(reply: Replied) -> str:
    text = reply.text
    for citation in reply.passages:
        text = text.replace(citation.quote, " ").replace(citation.title, " ")
    return text


def _quotes(turn: Turn) -> Iterator[str]:
    said = (entry.text for entry in turn.conversation.entries if isinstance(entry, Said))
    literal = "\n".join((*said, *(citation.quote for citation in turn.reply.passages), turn.ours))
    for groups in QUOTED.findall(_without_passages(turn.reply)):
        quote = next(filter(None, groups))
        if quote.strip(" .,!?…") not in literal:
            yield f"not her words: {quote}"


def _repeats(turn: Turn) -> Iterator[str]:
    """A sentence of the coach that stands there twice."""
    sentences = [sentence.strip() for sentence in re.split(r"(?<=[.!?])\s+", turn.reply.text)]
    yield from {f"twice: {one}" for one in sentences if len(one.split()) > 2 and sentences.count(one) > 1}


def _drawn(turn: Turn) -> Iterator[str]:
    """What the page draws of it: words, emphasis and lists alone; no address that a page makes a link of."""
    drawn = safe_markdown(turn.reply.text)
    kinds = {node.type for node in SyntaxTreeNode(_READER.parse(drawn)).walk()}
    if kinds - _KINDS_DRAWN:
        yield f"draws {sorted(kinds - _KINDS_DRAWN)}"
    if _ADDRESS.search(drawn):
        yield "an address that becomes a link"
