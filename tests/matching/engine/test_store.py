import hashlib
import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from ipf_talent.matching import engine
from ipf_talent.matching.engine import (
    Document,
    IndexDamaged,
    IndexMissing,
    IndexProblem,
    IndexStale,
    Matcher,
    Query,
    current,
    load,
    read_versions,
    save,
)

STUDENT = Query("Programmeren van een robotcel", ["siemens-plc", "vision"], "nl")
FILES = [
    "words-terms", "words-starts", "words-rows", "words-weights", "concepts-terms", "concepts-starts", "concepts-rows",
    "concepts-weights", "musts-terms", "musts-starts", "musts-rows", "musts-weights", "common-of", "common-levels",
    "common-bits", "common-firsts", "common-peaks", "asks-terms", "asks-codes", "asks-starts", "marks", "share", "n-musts",
    "fact-rows", "fact-codes", "document-data", "document-ends", "rest", "background-terms", "background-frequencies",
    "background-rest",
]  # fmt: skip
WRITER = """
import sys, types
from pathlib import Path
package = types.ModuleType("ipf_talent")  # the engine alone: the application around it has no part in this
package.__path__ = [sys.argv[3]]
sys.modules["ipf_talent"] = package
from ipf_talent.matching.engine import Document, Matcher, save
matcher = Matcher().fit([Document(str(n), f"lassen en frezen {n}", musts=["welding"], lang="nl") for n in range(30)])
for _ in range(int(sys.argv[2])):
    save(matcher, Path(sys.argv[1]))
"""


@pytest.fixture
def matcher(places, background, relations) -> Matcher:
    return Matcher(half=0.3).fit(places, background=background, relations=relations)


@pytest.fixture
def stored(matcher, tmp_path) -> Path:
    return save(matcher, tmp_path, taxonomy="taxonomy-1", corpus="corpus-1")


def test_what_is_loaded_answers_as_what_was_saved(matcher, stored):
    again = load(stored.parent)
    assert again.get_params() == matcher.get_params()
    assert again.ids_ == matcher.ids_
    assert again.scores(STUDENT).tolist() == matcher.scores(STUDENT).tolist()
    assert again.learn(STUDENT, 0) == matcher.learn(STUDENT, 0)
    assert again.allowed(level=["hbo"]).tolist() == matcher.allowed(level=["hbo"]).tolist()
    assert list(again.documents_) == list(matcher.documents_)
    assert again.explain(STUDENT, 0).contributions == matcher.explain(STUDENT, 0).contributions


def test_the_files_are_mapped_and_none_is_a_pickle(stored):
    assert isinstance(load(stored.parent).index_.base.words.weights, np.memmap)
    assert sorted(path.name for path in stored.iterdir()) == sorted([*(f"{name}.npy" for name in FILES), "manifest.json"])


def test_versions_are_kept_and_read_without_the_arrays(matcher, stored):
    versions = read_versions(stored.parent)
    assert (versions.taxonomy, versions.corpus) == ("taxonomy-1", "corpus-1")
    assert versions.model == matcher.model_version
    assert load(stored.parent).versions_ == versions


def test_an_empty_index_can_be_stored(tmp_path):
    save(Matcher().fit([]), tmp_path)
    assert len(load(tmp_path).rank([STUDENT])[0]) == 0


def test_nothing_stored_is_missing(tmp_path):
    assert current(tmp_path) is None
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissing):
            load(folder)


@pytest.mark.parametrize("name", [f"{name}.npy" for name in FILES] + ["manifest.json", "../CURRENT"])
@pytest.mark.parametrize("damage", ["flip", "cut", "remove"])
def test_damage_to_any_file_is_noticed(stored, name, damage):
    path = stored / name
    content = bytearray(path.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    elif damage == "cut":
        path.write_bytes(content[:-1])
    else:
        path.unlink()
    with pytest.raises(IndexMissing if (name, damage) == ("../CURRENT", "remove") else IndexDamaged):
        load(stored.parent)


def rewrite_manifest(stored: Path, change) -> None:
    manifest = json.loads((stored / "manifest.json").read_text())
    change(manifest)
    content = json.dumps(manifest).encode()
    (stored / "manifest.json").write_bytes(content)
    (stored.parent / "CURRENT").write_text(f"{stored.name} {hashlib.sha256(content).hexdigest()}\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest["versions"].update(schema=99),
        lambda manifest: manifest["versions"].update(model="0" * 16),
        lambda manifest: manifest["parameters"].update(unheard=1),
        lambda manifest: manifest["parameters"].update(gain=0.9),
    ],
)
def test_an_index_of_other_code_is_stale(stored, change):
    rewrite_manifest(stored, change)
    with pytest.raises(IndexStale):
        load(stored.parent)


@pytest.mark.parametrize("name", ["model", "background", "taxonomy", "corpus"])
def test_an_index_of_another_version_than_expected_is_stale(stored, name):
    with pytest.raises(IndexStale, match=name):
        load(stored.parent, expected={name: "another"})
    assert load(stored.parent, expected={name: getattr(read_versions(stored.parent), name)})


def test_every_problem_can_be_caught_as_one(tmp_path):
    assert issubclass(IndexMissing, IndexProblem)
    assert issubclass(IndexDamaged, IndexProblem)
    assert issubclass(IndexStale, IndexProblem)


def test_two_generations_are_kept_and_a_reader_keeps_what_it_has(matcher, tmp_path):
    save(Matcher().fit([Document("old", "lassen", lang="nl")]), tmp_path)
    reader = load(tmp_path)
    for _ in range(4):
        save(matcher, tmp_path)
    assert current(tmp_path) == "generation-000005"
    assert sorted(path.name for path in tmp_path.glob("generation-*")) == ["generation-000004", "generation-000005"]
    assert reader.rank([Query("lassen", lang="nl")])[0].ids == ("old",)
    assert reader.explain(Query("lassen", lang="nl"), 0).contributions


def test_a_failed_save_leaves_the_former_generation(matcher, stored, monkeypatch):
    def full_disk(*args: object, **kwargs: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(np, "save", full_disk)
    with pytest.raises(OSError, match="No space"):
        save(matcher, stored.parent)
    monkeypatch.undo()
    assert current(stored.parent) == stored.name
    assert not list(stored.parent.glob(".new-*"))
    assert load(stored.parent)


def writer(folder: Path, times: int) -> subprocess.Popen[bytes]:
    package = str(Path(engine.__file__).parents[2])
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(times), package], stderr=subprocess.PIPE)


def test_two_rebuilds_at_once_and_a_reader_do_not_disturb_each_other(tmp_path):
    writers = [writer(tmp_path, 15) for _ in range(2)]
    while any(process.poll() is None for process in writers):
        if current(tmp_path):
            assert len(load(tmp_path)) == 30
    assert [process.communicate()[1] for process in writers] == [b"", b""]
    assert current(tmp_path) == "generation-000030"
    assert len(load(tmp_path)) == 30
    assert not list(tmp_path.glob(".new-*"))


def half_written(folder) -> bool:
    try:
        return any(folder.glob(".new-*/words-*"))
    except FileNotFoundError:  # it was put in place while we looked
        return False


def test_a_killed_rebuild_leaves_a_whole_index_and_the_next_one_tidies_up(matcher, tmp_path):
    process = writer(tmp_path, 10_000)
    while current(tmp_path) is None or not half_written(tmp_path):
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert len(load(tmp_path)) == 30
    save(matcher, tmp_path)
    assert not list(tmp_path.glob(".new-*"))
    assert re.fullmatch(r"generation-\d{6}", current(tmp_path) or "")
    assert load(tmp_path).ids_ == matcher.ids_
