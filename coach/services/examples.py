"""The made-up conversations that come along, for who wants to look around before talking."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from coach.domain.conversation import Conversation
from coach.domain.errors import PositionTaken
from coach.domain.ports import Archive
from coach.services.guidance import Guidance
from coach.services.play import play, read_script

_READABLE = str.maketrans("01", "xy")  # ids hold no signs that look alike


@dataclass(frozen=True)
class Example:
    """A made-up conversation, and whether it was added now or was there already."""

    conversation: Conversation
    added: bool


def load_examples(
    folder: Path, archive: Archive, guidance: Guidance, aside: Callable[[str], Guidance]
) -> list[Example]:
    """Play every script of `folder` and keep it, marked as a demo; one that is there is left as it is.

    `guidance` gives the clock, `aside` a talk kept elsewhere under a given id. Raises UnreadableFile,
    NotSaved.
    """
    there = {overview.id for overview in archive.overviews()}
    examples = []
    for path in sorted(folder.glob("*.json")):
        script = read_script(path)
        name = script.id().translate(_READABLE)
        if name in there:
            examples.append(Example(archive.get(name), added=False))
            continue
        played = play(script, replace(aside(name), clock=guidance.clock))
        examples.append(_kept(replace(played, origin="demo"), archive))
    return examples


def _kept(conversation: Conversation, archive: Archive) -> Example:
    try:
        archive.begin(conversation)
    except PositionTaken:  # somebody else added it just now
        return Example(archive.get(conversation.id), added=False)
    return Example(conversation, added=True)
