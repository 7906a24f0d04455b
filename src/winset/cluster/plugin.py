"""What makes a worker ready for a run before its first share, those that come later too; imported where Dask is."""

from __future__ import annotations

from distributed import Worker, WorkerPlugin

from winset.cluster import work


class SetUp(WorkerPlugin):
    """Loads weights and registries once, and knows the question."""

    def __init__(self, *, name: str, text: str) -> None:
        self.name = name
        self.text = text

    def setup(self, worker: Worker) -> None:  # noqa: ARG002 - the interface is Dask's
        """On the worker, before it takes work."""
        work.set_up(self.name, self.text)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - the interface is Dask's
        """When the run has ended, or the worker does."""
        work.clear_up(self.name)
