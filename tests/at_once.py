"""Several at the same time, each with a connection of its own."""

import threading

from django.db import connection


def at_the_same_time(*works) -> list[object]:
    """Run each in a thread with a connection of its own; what each gave or raised."""
    start = threading.Barrier(len(works))
    results: list[object] = [None] * len(works)

    def run(place: int) -> None:
        try:
            start.wait(timeout=20)
            results[place] = works[place]()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
