"""Whose turn it is: groups that wait, pause and take turns."""

from __future__ import annotations

import threading
import time

from hypothesis import given
from hypothesis import strategies as st

from dlcards.links.groups import Groups


class FakeTime:
    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def groups(per_group: int = 4, interval: float = 0.1) -> tuple[Groups[str], FakeTime]:
    fake = FakeTime()
    return Groups(per_group, interval, fake.clock, fake.sleep), fake


def taken(queue: Groups[str], fake: FakeTime, count: int, done: bool = True) -> list[tuple[str, float]]:
    found = []
    for _ in range(count):
        turn = queue.take()
        assert turn
        found.append((turn[1], round(fake.now, 3)))
        if done:
            queue.done(turn[0])
    return found


def test_starts_in_a_group_are_apart_and_groups_take_turns() -> None:
    queue, fake = groups()
    for name in ("a1", "a2", "a3", "b1"):
        queue.add(name[0], name, 0.0)
    assert taken(queue, fake, 4) == [("a1", 0.0), ("b1", 0.0), ("a2", 0.1), ("a3", 0.2)]


def test_only_so_many_of_a_group_at_one_time() -> None:
    queue, fake = groups(per_group=2, interval=0.0)
    for number in range(3):
        queue.add("a", str(number), 0.0)
    assert len(taken(queue, fake, 2, done=False)) == 2
    third: list[object] = []
    worker = threading.Thread(target=lambda: third.append(queue.take()))
    worker.start()
    worker.join(0.1)
    assert not third
    queue.done("a")
    worker.join(2)
    assert third == [("a", "2")]
    queue.close()
    assert queue.take() is None


def test_later_items_wait_and_items_on_their_way_go_first() -> None:
    queue, fake = groups(interval=0.0)
    queue.add("a", "later", 5.0)
    queue.add("a", "now", 0.0)
    queue.add("a", "on its way")
    queue.add("b", "other", 2.0)
    order = [("on its way", 0.0), ("now", 0.0), ("other", 2.0), ("later", 5.0)]
    assert taken(queue, fake, 4) == order


def test_a_pause_is_of_the_whole_group_and_slows_it_down_once() -> None:
    queue, fake = groups()
    for number in range(4):
        queue.add("a", str(number), 0.0)
    queue.add("b", "b", 0.0)
    assert taken(queue, fake, 1) == [("0", 0.0)]
    for _ in range(4):  # refusals of requests that were under way together
        queue.pause("a", 3.0)
    assert taken(queue, fake, 4) == [("b", 0.0), ("1", 3.0), ("2", 3.2), ("3", 3.4)]


def test_turns_that_are_not_used_cost_no_time() -> None:
    queue, fake = groups()
    for number in range(50):
        queue.add("a", str(number), 0.0)
    for _ in range(50):
        assert queue.take()
        queue.done("a", asked=False)
    assert fake.now == 0.0
    queue.add("a", "asked", 0.0)
    queue.add("a", "next", 0.0)
    assert taken(queue, fake, 2) == [("asked", 0.0), ("next", 0.1)]


def test_workers_wait_without_a_clock_of_their_own_and_close_ends_that() -> None:
    queue: Groups[str] = Groups(4, 0.0, time.monotonic)
    queue.add("a", "in an hour", 3600.0)
    workers = [threading.Thread(target=queue.take) for _ in range(4)]
    for worker in workers:
        worker.start()
    queue.close()
    for worker in workers:
        worker.join(2)
        assert not worker.is_alive()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 2), st.booleans()), max_size=40))
def test_every_item_is_taken_once_and_none_too_early(items: list[tuple[str, float, bool]]) -> None:
    queue, fake = groups(interval=0.1)
    for number, (group, after, _) in enumerate(items):
        queue.add(group, str(number), after)
    last: dict[str, float] = {}
    seen = []
    for _ in items:
        turn = queue.take()
        assert turn
        group, number = turn[0], int(turn[1])
        assert fake.now >= items[number][1] - 1e-6
        assert fake.now >= last.get(group, -1.0) + 0.1 - 1e-6
        last[group] = fake.now
        seen.append(number)
        queue.done(group)
        if items[number][2]:
            queue.pause(group, 0.5)
            last[group] = fake.now + 0.4
    assert sorted(seen) == list(range(len(items)))
