"""A contestant in an environment of its own: reads sets as JSON, writes its rankings; knows nothing of this project.

Run by `apart` with the contestant's packages: `python worker.py ENGINE < sets.json`.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from typing import Any

DEPTH = 10
WARMING = 5  # passages and questions that are tried before the time is taken
SNOWBALL = {"nl": "dutch", "en": "english"}
Rank = Callable[[str], list[int]]


def stems(language: str) -> Callable[[str], list[str]]:
    """Return lower-cased words without the stop words of bm25s, stemmed by Snowball."""
    common = import_module("bm25s.stopwords")
    stop = set(common.STOPWORDS_DUTCH if language == "nl" else common.STOPWORDS_EN)
    stemmer = import_module("Stemmer").Stemmer(SNOWBALL[language])
    return lambda text: stemmer.stemWords(
        [word for word in re.findall(r"\w\w+", text.lower()) if word not in stop]
    )


def llama_index(texts: list[str], language: str, tuned: bool) -> Rank:
    """BM25Retriever; tuned with the `language` and `stemmer` that its documentation names."""
    node = import_module("llama_index.core.schema").TextNode
    retriever = import_module("llama_index.retrievers.bm25").BM25Retriever
    options: dict[str, Any] = {}
    if tuned:
        options = {
            "language": language,
            "stemmer": import_module("Stemmer").Stemmer(SNOWBALL[language]),
        }
    nodes = [node(text=text, id_=str(row)) for row, text in enumerate(texts)]
    found = retriever.from_defaults(nodes=nodes, similarity_top_k=DEPTH, **options)
    return lambda question: [int(hit.node.node_id) for hit in found.retrieve(question)]


def langchain_bm25(texts: list[str], language: str, tuned: bool) -> Rank:
    """BM25Retriever of langchain-community; tuned with a `preprocess_func`."""
    retriever = import_module("langchain_community.retrievers").BM25Retriever
    options = {"preprocess_func": stems(language)} if tuned else {}
    rows = [{"row": row} for row in range(len(texts))]
    found = retriever.from_texts(texts, metadatas=rows, k=DEPTH, **options)
    return lambda question: [document.metadata["row"] for document in found.invoke(question)]


def haystack(texts: list[str], language: str, tuned: bool) -> Rank:
    """InMemoryBM25Retriever; it has no setting for a language."""
    document = import_module("haystack").Document
    store = import_module("haystack.document_stores.in_memory").InMemoryDocumentStore()
    retriever = import_module("haystack.components.retrievers.in_memory").InMemoryBM25Retriever
    store.write_documents(
        [document(id=str(row), content=text, meta={"row": row}) for row, text in enumerate(texts)]
    )
    found = retriever(document_store=store, top_k=DEPTH)
    return lambda question: [hit.meta["row"] for hit in found.run(query=question)["documents"]]


def tantivy(texts: list[str], language: str, tuned: bool) -> Rank:
    """tantivy with its analyser of lower case, stop words and stemmer for the language."""
    library = import_module("tantivy")
    schema = library.SchemaBuilder()
    schema.add_integer_field("row", stored=True)
    schema.add_text_field("text", tokenizer_name="own")
    index = library.Index(schema.build())
    analyser = library.TextAnalyzerBuilder(library.Tokenizer.simple()).filter(library.Filter.lowercase())
    for choose in (library.Filter.stopword, library.Filter.stemmer):
        analyser = analyser.filter(choose(SNOWBALL[language]))
    index.register_tokenizer("own", analyser.build())
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for row, text in enumerate(texts):
        writer.add_document(library.Document(row=row, text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def rank(question: str) -> list[int]:
        plain = " ".join(re.findall(r"\w+", question.lower()))  # signs would be orders to its parser
        query = index.parse_query(plain, ["text"])
        return [searcher.doc(address)["row"][0] for _, address in searcher.search(query, DEPTH).hits]

    return rank


ENGINES: dict[str, tuple[Callable[[list[str], str, bool], Rank], bool, str]] = {
    "llama-index": (llama_index, False, "llama-index-retrievers-bm25"),
    "llama-index-tuned": (llama_index, True, "llama-index-retrievers-bm25"),
    "langchain-bm25": (langchain_bm25, False, "langchain-community"),
    "langchain-bm25-tuned": (langchain_bm25, True, "langchain-community"),
    "haystack": (haystack, False, "haystack-ai"),
    "tantivy": (tantivy, True, "tantivy"),
}


def run(engine: str, one: dict[str, Any]) -> dict[str, Any]:
    """Index a set and answer its questions: rankings, seconds to index, milliseconds of each question."""
    make, tuned, _ = ENGINES[engine]
    warm = make(one["texts"][: 2 * DEPTH], one["language"], tuned)
    for question in one["questions"][:WARMING]:
        warm(question)
    began = time.perf_counter()
    rank = make(one["texts"], one["language"], tuned)
    seconds = time.perf_counter() - began
    rankings, milliseconds = [], []
    for question in one["questions"]:
        began = time.perf_counter()
        rankings.append(rank(question))
        milliseconds.append(1000 * (time.perf_counter() - began))
    return {"rankings": rankings, "index_seconds": seconds, "milliseconds": milliseconds}


def main() -> None:
    """Run one engine over the sets on standard input."""
    engine = sys.argv[1]
    runs = [run(engine, one) for one in json.load(sys.stdin)]
    print(json.dumps({"version": version(ENGINES[engine][2]), "runs": runs}))


if __name__ == "__main__":
    main()
