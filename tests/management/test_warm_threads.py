import subprocess
import sys
from concurrent.futures import Future, wait
from threading import Barrier, Event, get_ident

import pytest

from clickcall.management.warm_threads import WarmThreads


def test_a_job_gives_its_result_or_its_error() -> None:
    threads = WarmThreads(2)
    assert threads.submit(divmod, 7, 2).result(timeout=10) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        threads.submit(divmod, 7, 0).result(timeout=10)


def test_what_comes_one_after_another_is_done_by_one_thread() -> None:
    threads = WarmThreads(16)
    assert len({threads.submit(get_ident).result(timeout=10) for _ in range(50)}) == 1


def test_the_thread_that_rested_last_works_next() -> None:
    threads, first_may_end, second_may_end = WarmThreads(16), Event(), Event()

    def held(until: Event) -> int:
        until.wait(10)
        return get_ident()

    first, second = threads.submit(held, first_may_end), threads.submit(held, second_may_end)
    second_may_end.set()
    second.result(timeout=10)
    first_may_end.set()
    assert first.result(timeout=10) != second.result(timeout=10)
    assert threads.submit(get_ident).result(timeout=10) == first.result(timeout=10)


def test_jobs_at_once_have_a_thread_each_and_what_is_more_waits_its_turn() -> None:
    threads, meeting, may_end = WarmThreads(4), Barrier(5), Event()

    def job(number: int) -> int:
        if number < 4:
            meeting.wait(10)
            may_end.wait(10)
        return number

    jobs: list[Future[int]] = [threads.submit(job, number) for number in range(12)]
    meeting.wait(10)  # four of them are at work at the same time
    assert not any(one.done() for one in jobs)
    may_end.set()
    assert not wait(jobs, timeout=10).not_done
    assert [one.result() for one in jobs] == list(range(12))


def test_a_job_that_was_called_off_is_not_done() -> None:
    threads, may_end = WarmThreads(1), Event()
    done: list[int] = []
    held = threads.submit(may_end.wait, 10)
    waiting = threads.submit(done.append, 1)
    assert waiting.cancel()
    may_end.set()
    threads.submit(done.append, 2).result(timeout=10)
    assert (held.result(timeout=10), done) == (True, [2])


def test_a_thread_at_work_holds_up_no_process_that_ends() -> None:
    lines = (
        "from clickcall.management.warm_threads import WarmThreads as Threads",
        "from time import sleep",
        "threads = Threads(1)",
        "threads.submit(sleep, 60)",
        "threads.shutdown(wait=False)",
    )
    subprocess.run([sys.executable, "-c", "\n".join(lines)], check=True, timeout=20)
