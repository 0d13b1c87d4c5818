"""A real sentence-transformers model, made here and loaded from disk, can replace the built-in embedding."""

import time
from pathlib import Path

import numpy as np
import pytest

from coach.domain.errors import WrongChoice
from coach.domain.passages import Query
from coach.retrieval.library import Library, open_library
from coach.retrieval.models import ChosenModel, find_model, prefixes, remember
from coach.retrieval.normalise import words
from tests.retrieval.conftest import SERIES

VERZUIM = Query("waarom blijft het verzuim hoog door werkdruk?")


def small_model(folder: Path, dimensions: int = 24) -> Path:
    """Make a small static model over the words of the series and save it."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace

    vocabulary = {"[UNK]": 0} | {
        word: at
        for at, word in enumerate(sorted({w for text in SERIES.values() for w in words(text)}), start=1)
    }
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(1).normal(size=(len(vocabulary), dimensions)).astype(np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu").save(
        str(folder)
    )
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small model."""
    return small_model(tmp_path_factory.mktemp("model") / "small-e5")


def with_model(tmp_path: Path, model: Path) -> Library:
    """Return the library of the small series with a model."""
    return open_library(tmp_path / "data", tmp_path / "corpus", tmp_path / "prompts", str(model))


@pytest.mark.usefixtures("corpus", "prompts")
def test_index_is_made_with_the_model_and_searched(tmp_path: Path, model: Path) -> None:
    library = with_model(tmp_path, model)
    report = library.ensure()
    assert report.built
    assert report.embedding == str(model)
    assert library.opened().maker.dimensions == 24
    assert library.search.find(VERZUIM)[0].passage.article_id == "human-nl"
    assert not with_model(tmp_path, model).ensure().built


@pytest.mark.usefixtures("corpus", "prompts")
def test_built_in_answers_until_the_model_is_ready(tmp_path: Path, model: Path) -> None:
    library = with_model(tmp_path, model)
    assert library.search.find(VERZUIM)[0].passage.article_id == "human-nl"
    deadline = time.monotonic() + 60
    while library.opened().embedding == "builtin" and time.monotonic() < deadline:
        time.sleep(0.05)
    assert library.opened().embedding == str(model)
    assert library.search.find(VERZUIM)[0].passage.article_id == "human-nl"


@pytest.mark.usefixtures("corpus", "prompts")
def test_vectors_of_another_model_are_never_used(tmp_path: Path, model: Path) -> None:
    with_model(tmp_path, model).ensure()
    other = small_model(tmp_path / "other", dimensions=12)
    library = with_model(tmp_path, other)
    assert library.ensure().built
    assert library.opened().maker.dimensions == 12


@pytest.mark.usefixtures("corpus", "prompts")
def test_broken_model_leaves_the_built_in_in_place(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "modules.json").write_text("{")
    library = with_model(tmp_path, tmp_path / "broken")
    assert library.search.find(VERZUIM)
    deadline = time.monotonic() + 60
    while not library.trouble and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "cannot be loaded" in library.trouble
    assert library.search.find(VERZUIM)


@pytest.mark.usefixtures("corpus", "prompts")
def test_choice_is_remembered_and_can_be_overridden(tmp_path: Path, model: Path) -> None:
    data, corpus, prompts = (tmp_path / name for name in ("data", "corpus", "prompts"))
    remember(data, find_model(str(model)))
    assert open_library(data, corpus, prompts).embedding == str(model)
    assert open_library(data, corpus, prompts, "builtin").embedding == "builtin"
    remember(data, None)
    assert open_library(data, corpus, prompts).embedding == "builtin"


def test_model_that_is_not_there_is_never_fetched(tmp_path: Path) -> None:
    with pytest.raises(WrongChoice, match="not on this machine"):
        find_model("nobody/no-such-model")
    library = open_library(tmp_path / "data", tmp_path, tmp_path, "nobody/no-such-model")
    assert library.embedding == "builtin"
    assert "not on this machine" in library.trouble


def test_prefixes_go_by_the_name_of_the_model() -> None:
    assert prefixes("intfloat/multilingual-e5-small") == ("query: ", "passage: ")
    assert prefixes("BAAI/bge-m3") == ("", "")
    assert ChosenModel("a", "b", "c").revision == "c"
