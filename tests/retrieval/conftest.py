"""A small series in two languages, for the tests of retrieval."""

from pathlib import Path

import pytest

from coach.retrieval.library import Library, open_library

FRONT = """---
title: "{title}"
value: {value}
number: {number}
language: {language}
authors: ["Waardebalans"]
date: 2026-11-23
source: "Waardebalans"
licence: "CC BY 4.0"
---

"""
SERIES: dict[str, str] = {
    "nl/human.md": FRONT.format(title="Mensen die graag komen", value="human", number=1, language="nl")
    + """Mensen maken het bedrijf. Zij leren elke dag.

## 1. Waar gaat het over?

Menselijke waarde gaat over gezondheid, plezier en vakmanschap van medewerkers.
Wie goed uitgerust is, werkt veilig.

## 3. Wat maakt dat het zo blijft gaan?

Het verzuim blijft hoog omdat niemand over werkdruk durft te praten. Overuren worden gewoon gevonden [SRC].

## 6. Hoe stimuleren we dit gedrag?

Begin de week met een kort gesprek over de drukte. Laat een leerling meelopen met een ervaren vakman.

## Bronnen

- [SRC] een geheime bron, 2020
""",
    "nl/natural.md": FRONT.format(title="Zuinig op de aarde", value="natural", number=5, language="nl")
    + """Elk bedrijf leeft van water, lucht en bodem.

## 1. Waar gaat het over?

Natuurlijke waarde gaat over energie, afval en water.
De onderhoudsploeg van een fabriek ziet dat elke dag.

## 6. Hoe stimuleren we dit gedrag?

Meet eerst hoeveel stroom je verbruikt. Vraag de leverancier om minder verpakking.
""",
    "en/human.md": FRONT.format(title="People who like to come", value="human", number=1, language="en")
    + """People make the company.

## 1. What is it about?

Human value is about the health, joy and craft of employees. Rested people work safely.

## 3. What keeps it going?

Sick leave stays high because nobody dares to talk about the workload.
""",
}
GLOSSARY = """
energy: [energie]
waste: [afval]
electricity: [stroom]
packaging: [verpakking]
sick leave: [verzuim, ziekteverzuim]
workload: [werkdruk]
high: [hoog]
measure: [meten, meet]
"""
CUES = """
nl:
  values:
    human: [verzuim, medewerker, werkdruk]
    natural: [energie, afval, stroom, water]
  questions:
    3: [waarom]
    6: [hoe kan ik]
en:
  values:
    human: [sick leave, employee, workload]
    natural: [energy, waste, electricity]
  questions:
    3: [why]
    6: [how can]
"""


def write_series(folder: Path) -> Path:
    """Write the small series into a folder and return it."""
    for name, text in SERIES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with the small series."""
    return write_series(tmp_path / "corpus")


@pytest.fixture
def prompts(tmp_path: Path) -> Path:
    """Word lists: a small glossary and a few cues."""
    folder = tmp_path / "prompts"
    folder.mkdir()
    (folder / "glossary.yaml").write_text(GLOSSARY)
    (folder / "search.yaml").write_text(CUES)
    return folder


@pytest.fixture
def library(tmp_path: Path, corpus: Path, prompts: Path) -> Library:
    """The library of the small series; its index is not built yet."""
    return open_library(tmp_path / "data", corpus, prompts)
