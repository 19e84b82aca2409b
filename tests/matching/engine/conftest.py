"""Small corpora in which words, skills and their relations meet often."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from ipf_talent.matching.engine import Background, Document, Query

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SLUGS = ("plc", "siemens-plc", "automation", "robotics", "cad", "vision", "welding", "cooking")
WORDS = [
    "PLC", "programmeren", "programmeur", "robot", "robots", "robotcel", "besturing", "besturingstechniek", "lassen",
    "lasser", "keuken", "koken", "kok", "S7-1500", "C++", "3D-printen", "vision", "camera", "meten", "the", "and",
    "welding", "machine", "machines", "onderhoud", "stage", "2024", "9001", "ISO", "🤖",
]  # fmt: skip


@pytest.fixture(scope="session")
def relations() -> dict[str, dict[str, float]]:
    return {
        "siemens-plc": {"plc": 0.35, "automation": 0.2},
        "plc": {"automation": 0.35, "robotics": 0.2},
        "robotics": {"automation": 0.35, "plc": 0.2, "vision": 0.2},
        "vision": {"robotics": 0.2},
    }


@pytest.fixture(scope="session")
def background(relations) -> Background:
    texts = [" ".join(WORDS[start : start + 5]) for start in range(0, len(WORDS), 3)]
    return Background.fit(texts, [SLUGS[:3], SLUGS[2:5], SLUGS[4:]], relations=relations)


@pytest.fixture(scope="session")
def texts() -> SearchStrategy[str]:
    sentence = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
    return st.lists(sentence, max_size=3).map(". ".join)


@pytest.fixture(scope="session")
def concepts() -> SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(SLUGS), max_size=5, unique=True).map(tuple)


@pytest.fixture(scope="session")
def corpora(texts, concepts) -> SearchStrategy[list[Document]]:
    levels = st.sampled_from([{}, {"level": "mbo_3"}, {"level": ("mbo_3", "mbo_4")}, {"level": "hbo", "kind": "job"}])
    document = st.builds(
        Document, id=st.uuids().map(str), text=texts, musts=concepts, wanted=concepts, facts=levels, lang=st.just("nl")
    )
    return st.lists(document, max_size=12, unique_by=lambda document: document.id)


@pytest.fixture(scope="session")
def students(texts, concepts) -> SearchStrategy[Query]:
    return st.builds(Query, text=texts, concepts=concepts, lang=st.just("nl"))


@pytest.fixture
def places() -> list[Document]:
    return [
        Document("robot-cell", "Programmeer onze robotcel met een S7-1500. Je werkt aan besturingstechniek.",
                 musts=["plc", "robotics"], wanted=["cad"], lang="nl", facts={"level": ("mbo_4", "hbo")}),
        Document("vision", "Meten met camera's in de machinebouw.", musts=["vision"], lang="nl", facts={"level": "hbo"}),
        Document("kitchen", "Koken in ons restaurant.", musts=["cooking"], lang="nl", facts={"level": "mbo_3"}),
        Document("open", "Stage robots en machines onderhouden.", lang="nl"),
    ]  # fmt: skip
