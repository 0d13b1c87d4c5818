"""A stream is cut into the same sentences however it comes in."""

from hypothesis import given
from hypothesis import strategies as st

from coach.voices.sentences import Splitter, ends, spoken

SHORT = ("bijv.", "o.a.", "e.g.")


def cut(pieces: list[str]) -> list[str]:
    splitter = Splitter(SHORT)
    found = [sentence for piece in pieces for sentence in splitter.feed(piece)]
    return [*found, *filter(None, [splitter.rest()])]


def test_sentences_end_where_they_end() -> None:
    text = "Dat zijn er vijf. “Ja. Echt waar.” zei je, o.a. Sanne. Het kost 3.5 uur! [1] Wat nu?\nEn dan"
    assert cut([text]) == [
        "Dat zijn er vijf.",
        "“Ja. Echt waar.” zei je, o.a. Sanne.",
        "Het kost 3.5 uur! [1]",
        "Wat nu?",
        "En dan",
    ]


@given(
    st.lists(st.sampled_from(["Ja. ", "“Nee.", "” ", "[1] ", "Wat nu? ", "o.a. ", "x", "\n"]), max_size=20),
    st.integers(1, 9),
)
def test_the_pieces_of_the_stream_do_not_matter(parts: list[str], size: int) -> None:
    text = "".join(parts)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert cut(pieces) == cut(list(text))


def test_text_without_an_end_does_not_wait_for_ever() -> None:
    splitter = Splitter()
    assert len(list(splitter.feed("a" * 1_100))) == 2


def test_thoughts_are_left_out_whatever_the_pieces() -> None:
    for size in (1, 3, 50):
        text = "<think>Hm. Why?</think>\n Ja. Nee."
        pieces = [text[at : at + size] for at in range(0, len(text), size)]
        assert "".join(spoken(pieces)).strip() == "Ja. Nee."
    assert "".join(spoken(["<th", "ree cats>"])) == "<three cats>"
    assert "".join(spoken(["<think>never ends"])) == ""


def test_whole_sentences_are_known() -> None:
    assert ends("Ja.") and ends("“Ja.”") and ends("Ja. [2]") and not ends("Ja") and not ends("Ja,")
