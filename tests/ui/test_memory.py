"""What is kept of a data version: found again, bounded, and gone with its data."""

from __future__ import annotations

from ui.memory import Memory


def test_what_was_made_once_is_not_made_again() -> None:
    memory: Memory[object] = Memory(4)
    first = memory.get("v1", "a", object)
    assert memory.get("v1", "a", object) is first
    assert memory.get("v1", "b", object) is not first
    assert memory.get("v2", "a", object) is not first


def test_what_nobody_asked_for_longest_goes_first() -> None:
    memory: Memory[object] = Memory(2)
    old, kept = memory.get("v", "old", object), memory.get("v", "kept", object)
    memory.get("v", "old", object)
    memory.get("v", "new", object)
    assert len(memory) == 2
    assert memory.get("v", "old", object) is old
    assert memory.get("v", "kept", object) is not kept


def test_nothing_of_a_version_that_was_forgotten_stays() -> None:
    memory: Memory[object] = Memory(4)
    gone, other = memory.get("gone", "a", object), memory.get("other", "a", object)
    memory.forget("gone")
    assert len(memory) == 1
    assert memory.get("gone", "a", object) is not gone
    assert memory.get("other", "a", object) is other


def test_an_answer_that_was_under_way_when_its_data_went_is_not_kept() -> None:
    memory: Memory[str] = Memory(4)

    def slow() -> str:
        memory.forget("gone")
        return "the numbers of someone who left"

    assert memory.get("gone", "a", slow) == "the numbers of someone who left"
    assert len(memory) == 0
