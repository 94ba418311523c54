"""The learned ranker orders norms among their own places, says so, and stands back where it knows nothing."""

from dataclasses import replace

import numpy as np
import pytest
from search_examples import passage, put_passages

from search.components import LegalPrior
from search.document_store import Found, LvzhiDocumentStore, Scored
from search.findings import Finding
from search.learned_ranker import LearnedRanker
from search.question_memory import default_memory
from search.ranking_trees import Trees, default_trees
from search.remembered import RememberedRetriever
from search.store import EmbeddedStore
from search.vectors import vector_key

QUERY = "公司欠我工资不发怎么办"
WAGES = "用人单位应当按照劳动合同约定和国家规定，向劳动者及时足额支付劳动报酬。"
OTHERS = {
    "第一条": "为了规范企业登记，制定本法。",
    "第二条": "公司应当置备股东名册。",
    "第三条": "公司的名称受法律保护。",
    "第四条": "船舶应当悬挂国旗。",
}


def norm(label: str, text: str, law: str = "公司法"):
    return passage(
        f"{law}#{label}",
        text,
        kind="policy",
        law=law,
        title=f"中华人民共和国{law}",
        document_id=law,
        article=label,
        label=label,
        authority_level="法律",
    )


def case(number: int):
    return passage(
        f"案{number}#事实", "公司拖欠工资。", kind="precedent", document_id=f"案{number}", title="判决书"
    )


class World:
    """Norms and cases in an index with vectors: those of 劳动合同法 lie in the direction of the question."""

    def __init__(self, encoder: str) -> None:
        self.store = EmbeddedStore.in_memory()
        norms = [norm(label, text) for label, text in OTHERS.items()] + [
            norm("第三十条", WAGES, "劳动合同法")
        ]
        self.passages = [case(1), *norms[:2], case(2), *norms[2:]]
        put_passages(self.store, *self.passages)
        self.store.put_manifest(replace(self.store.manifest, encoder=encoder, dimension=384))
        random = np.random.default_rng(7)
        self.vector = unit(random.normal(size=384))
        away = [unit(random.normal(size=384)) for _ in self.passages]
        away[-1] = unit(self.vector * 2 + away[-1])
        self.add = lambda rows: self.store.add_vectors(
            np.array([vector_key(self.passages[row]) for row in rows]), np.stack([away[row] for row in rows])
        )
        self.documents = LvzhiDocumentStore.over(self.store)

    def found(self):
        """As the prior leaves them, in the order of the passages; every score lower than the one before."""
        found = Found(
            Scored(Finding.of(p), 1.0 - place / 10, {"keyword_score": 10.0 - place})
            for place, p in enumerate(self.passages)
        )
        weighed = LegalPrior(self.documents).run(documents=found, query=QUERY)["documents"]
        return Found(sorted(weighed.scored, key=lambda one: -one.notes["keyword_score"]))

    def ranked(self):
        return LearnedRanker(self.documents).run(documents=self.found(), query=QUERY, vector=self.vector)[
            "documents"
        ]


def unit(vector):
    return (vector / np.linalg.norm(vector)).astype(np.float32)


@pytest.fixture
def world() -> World:
    world = World(default_memory().encoder)
    world.add(range(len(world.passages)))
    return world


def test_the_norm_that_answers_comes_before_the_others(world: World) -> None:
    norms = [document.id for document in world.ranked() if document.meta["kind"] == "policy"]
    assert norms[0] == "劳动合同法#第三十条"


def test_cases_keep_their_places_and_nothing_is_lost(world: World) -> None:
    before, after = world.found(), world.ranked()
    places = [place for place, document in enumerate(before) if document.meta["kind"] == "precedent"]
    assert [after[place].id for place in places] == [before[place].id for place in places]
    assert {document.id for document in after} == {document.id for document in before}


def test_a_norm_takes_over_the_score_of_its_place_and_says_from_where_it_came(world: World) -> None:
    before, after = world.found(), world.ranked()
    assert [document.score for document in after] == [document.score for document in before]
    moved = next(document for document in after if document.id == "劳动合同法#第三十条")
    assert moved.meta["reasons"][-1] == "按以往问答学得的排序提前：第 7 位→第 2 位"


def test_one_norm_alone_has_no_order(world: World) -> None:
    alone = [document for document in world.found() if document.meta["kind"] == "precedent"]
    alone += world.found()[1:2]
    ranked = LearnedRanker(world.documents).run(documents=alone, query=QUERY, vector=world.vector)[
        "documents"
    ]
    assert ranked == alone


@pytest.mark.parametrize("query", ["1", "？", "工", "a" * 300, "𠮷野家欠薪"])
def test_a_query_without_pairs_or_with_strange_ones_is_no_error(world: World, query: str) -> None:
    ranked = LearnedRanker(world.documents).run(documents=world.found(), query=query, vector=world.vector)
    assert len(ranked["documents"]) == len(world.passages)


def test_with_another_encoder_all_stays_as_it_was() -> None:
    world = World("another 1")
    world.add(range(len(world.passages)))
    assert world.ranked() == world.found()


def test_while_some_of_what_was_found_has_no_vector_all_stays_as_it_was() -> None:
    world = World(default_memory().encoder)
    world.add(range(len(world.passages) - 1))
    assert world.ranked() == world.found()


def test_without_the_vector_of_the_query_all_stays_as_it_was(world: World) -> None:
    found = world.found()
    assert LearnedRanker(world.documents).run(documents=found, query=QUERY)["documents"] == found


TREES = """tree
feature_names=age price

Tree=0
num_leaves=3
split_feature=0 1
threshold=10 5
left_child=1 -1
right_child=-3 -2
leaf_value=1 2 4

Tree=1
num_leaves=1
leaf_value=0.5

end of trees
"""


@pytest.mark.parametrize(
    ("age", "price", "score"),
    [
        # age ≤ 10 goes left: there price ≤ 5 is worth 1, more 2; age > 10 is worth 4. And 0.5 for all.
        pytest.param(10, 5, 1.5, id="both at the edge go left"),
        pytest.param(3, 6, 2.5, id="left, then right"),
        pytest.param(11, 0, 4.5, id="right at once"),
    ],
)
def test_trees_are_read_and_summed_as_one_would_by_hand(age: float, price: float, score: float) -> None:
    trees = Trees.read(TREES)
    assert trees.names == ("age", "price")
    assert trees.scores(np.array([[age, price]], dtype=np.float32)).tolist() == [score]


def test_trees_say_what_lightgbm_says() -> None:
    lightgbm = pytest.importorskip("lightgbm", reason="training needs the extra `models`")
    random = np.random.default_rng(3)
    rows = random.normal(size=(400, 6)).astype(np.float32)
    data = lightgbm.Dataset(rows, rows[:, 0] * rows[:, 1] + rows[:, 2] > 0)
    model = lightgbm.train({"num_leaves": 8, "min_data_in_leaf": 5, "verbose": -1}, data, 20)
    assert np.allclose(
        Trees.read(model.model_to_string()).scores(rows), model.predict(rows, raw_score=True), atol=1e-4
    )


def test_the_trees_that_come_with_the_program_ask_for_the_features_there_are(world: World) -> None:
    from search.ranking_features import features
    from search.ranking_pool import pool_of, remembered

    norms = [one for one in world.found().scored if one.finding.about.kind == "policy"]
    pool = pool_of(norms, QUERY, world.vector, world.store, ())
    assert pool is not None
    memory = default_memory()
    known = remembered(pool, norms, memory, memory.near(world.vector))
    found = features(pool, world.store.keywords.pair_weights) | known
    assert set(default_trees().names) <= set(found)


def test_where_ranking_or_remembering_fails_the_search_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("search.learned_ranker.features", broken)
    monkeypatch.setattr("search.remembered.articles_in_force", broken)
    assert world.ranked() == world.found()
    remembered = RememberedRetriever(world.documents).run(world.vector)
    assert len(remembered["documents"]) == 0
    assert "ranking failed: MemoryError" in caplog.text
    assert QUERY not in caplog.text


@pytest.mark.parametrize(
    "note",
    [
        pytest.param({"superseded": True}, id="replaced"),
        pytest.param({"standing": "尚未施行"}, id="not yet in effect"),
        pytest.param({"standing": "已废止"}, id="repealed"),
    ],
)
def test_what_does_not_apply_stays_where_the_prior_put_it_however_well_it_fits(
    world: World, note: dict[str, object]
) -> None:
    def told(one):
        return one.noted(one.score, note if one.finding.about.own == "劳动合同法" else {})

    found = Found(told(one) for one in world.found().scored)
    ranked = LearnedRanker(world.documents).run(documents=found, query=QUERY, vector=world.vector)[
        "documents"
    ]
    assert ranked[-1].id == found[-1].id == "劳动合同法#第三十条"
