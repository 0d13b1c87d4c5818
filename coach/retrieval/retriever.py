"""The search as a LangChain retriever, for programs of others."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from coach.domain.passages import Found, Query
from coach.domain.ports import Search
from coach.domain.values import Language, Value


class ArticleRetriever(BaseRetriever):
    """Finds passages for a LangChain program; `language` and `value` filter, `question` is a prior.

    Example::

        from pathlib import Path
        from coach.domain.values import Language, Value
        from coach.retrieval.library import open_library
        from coach.retrieval.retriever import ArticleRetriever

        library = open_library(Path("data"), Path("corpus"), Path("prompts"))
        about = {"language": Language.NL, "value": Value.HUMAN, "question": 3}
        retriever = ArticleRetriever(search=library.search, **about)
        for document in retriever.invoke("waarom blijft het verzuim zo hoog?"):
            print(document.metadata["score"], document.metadata["title"])
            print(document.page_content)

    Each document has the passage's text, and as metadata everything else of it with its score (0 to 1).
    Nothing relevant gives []. Raises IndexUnavailable.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: SkipValidation[Search]
    language: Language | None = None
    value: Value | None = None
    question: int | None = None
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        asked = Query(query, language=self.language, value=self.value, question=self.question, k=self.k)
        return [_document(found) for found in self.search.find(asked)]


def _document(found: Found) -> Document:
    passage = found.passage
    metadata = {
        "passage_id": passage.id,
        "article_id": passage.article_id,
        "title": passage.title,
        "value": str(passage.value) if passage.value else None,
        "question": passage.question,
        "language": str(passage.language),
        "heading": passage.heading,
        "place": passage.place,
        "score": found.score,
    }
    return Document(id=passage.id, page_content=passage.text, metadata=metadata)
