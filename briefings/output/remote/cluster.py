"""The address of a Dask scheduler -> an Executor whose processes are on the workers of its cluster.

The only module that imports Dask, which is an extra. Dask runs a task again whose worker was lost.
"""

import asyncio
import contextlib
import pickle
import secrets
import socket
import threading
import time
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ...composing.project import UsageError
from ...library import Library
from ...pdf.versions import versions
from ...problems import ProblemError
from ...safe_files import remove_quietly
from . import bootstrap
from .archive import VALUE, Archive, engine_archive, library_there, problems_here, project_archive, value_archive
from .sent import Sent
from .shared import Token, cluster_error, look

_PATIENCE = 10.0  # seconds for an answer of the scheduler
_START = 120.0  # seconds until every worker has unpacked the engine and started it
_ALONE = 60.0  # seconds without any worker, after which the work is given up
_TICK, _MOMENT = 1.0, 0.02
_SAME = ("python", "dask", "distributed")  # what has the same version on every machine
_HINT = "install the same versions on every machine, as pinned in the same lock file"


class Cluster(Executor):
    """The workers of a cluster. Use it in a `with` statement; it connects when there is work.

    `shared` is a folder that this machine and each worker have under the same path: copies below it are written there
    by the workers. Raises ProblemError if the scheduler cannot be reached, other versions run, or the folder is not
    shared, and UsageError (no address, no Dask).
    """

    def __init__(self, address: str, shared: str | Path | None = None) -> None:
        self._address = address
        self.shared = Path(shared).resolve() if shared else None
        self.ahead = 4
        self._client: Any = None
        self._archives: dict[str, tuple[Archive, Any]] = {}  # digest -> the archive, and its place in the cluster
        self._engine = ""
        self._library: Library | None = None
        self._pending: dict[Future[Any], Any] = {}
        self._closed = threading.Event()
        self._watching: threading.Thread | None = None
        _require_dask()
        _reach(address)

    # -- What an executor does -----------------------------------------------------------------------------

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Have a worker call a function of this package with values that can be pickled."""
        self._connect()
        future: Future[Any] = Future()
        self._pending[future] = distant = self._send(partial(work, **kwargs) if kwargs else work, args)
        future.add_done_callback(partial(self._forget, distant))
        # On the client's own loop: the callbacks of Dask have a thread that never ends, beside which nothing can fork.
        self._client.loop.add_callback(self._settle, future, distant)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster. Its workers stay, without anything that was started for this work."""
        self._closed.set()
        client, self._client = self._client, None
        if client is None:
            return
        with contextlib.suppress(Exception):  # which is gone, or full of work: its workers end with it
            client.cancel(list(self._pending.values()), force=True)
            client.run(bootstrap.farewell(), on_error="ignore", nanny=False)
        with contextlib.suppress(Exception):
            client.close(timeout=_PATIENCE)
        if self._watching:
            self._watching.join(_PATIENCE)

    # -- What a distant executor has besides ---------------------------------------------------------------

    def there(self, library: Library) -> Library:
        """The Library as the workers find it."""
        self._connect()
        self._library = library
        archive = self._ship(project_archive(library))
        return library_there(library, archive)

    def send(self, value: Any) -> Sent[Any]:
        """Have each worker that gets a task keep the value: once, however many tasks need it."""
        self._connect()
        return Sent(f"{self._ship(value_archive(value)).digest}/{VALUE}")

    def here(self, error: ProblemError) -> ProblemError:
        """The problems with the names of files as this machine has them."""
        assert self._library
        return problems_here(error, [archive for archive, _ in self._archives.values()], self._library)

    # -- Connecting ----------------------------------------------------------------------------------------

    def _connect(self) -> None:
        if self._client is not None:
            return
        from distributed import Client

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of other versions, which are errors here
            try:
                client = Client(self._address, timeout=_PATIENCE, set_as_default=False, name="briefings")
            except (OSError, ValueError) as error:
                raise _unreachable(self._address, str(error)) from None
        self._client = client
        try:
            self._require_workers()
            self._require_same_versions()
            self._engine = self._ship(engine_archive()).digest
            self._require_same_typesetter()
            threads = client.nthreads()
            self.ahead = max(4, 2 * sum(threads.values()))
        except BaseException:
            self.shutdown()
            raise
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def _require_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            hint = f"start one on each machine: dask worker {self._address}"
            raise cluster_error(f"the scheduler {self._address} has no workers", hint) from None

    def _require_same_versions(self) -> None:
        """Raise ProblemError if Python or Dask has another version on the scheduler or a worker."""
        found = self._client.get_versions()
        ours = found["client"]
        others = {f"the scheduler {self._address}": found["scheduler"]}
        others |= {f"the worker {address}": theirs for address, theirs in found["workers"].items()}
        for place, theirs in others.items():
            different = {name: version for name, version in _same(theirs).items() if version != _same(ours)[name]}
            if different:
                raise _other_version(place, different, _same(ours))

    def _require_same_typesetter(self) -> None:
        """Start the engine on each worker; with a shared folder, see that each reads and writes there."""
        token = Token(self.shared) if self.shared else None
        path, deadline = token.path if token else "", time.monotonic() + _START
        try:
            waiting = {worker: self._send(look, (path,), workers=[worker]) for worker in self._client.nthreads()}
            while waiting:
                # One that was lost meanwhile is none that we need.
                waiting = {worker: waiting[worker] for worker in self._client.nthreads() if worker in waiting}
                for worker in [worker for worker, distant in waiting.items() if distant.done()]:
                    said = self._opened(waiting.pop(worker).result(), worker)
                    if token and not token.is_in(said):
                        hint = "name a folder that every machine has under this path, or leave out --shared"
                        raise cluster_error(f"the worker {worker} does not share the folder {self.shared}", hint)
                if time.monotonic() > deadline:
                    raise cluster_error(f"the worker {min(waiting)} does not start", "look into its log")
                time.sleep(_MOMENT)
        finally:
            if token:
                remove_quietly(token.path)

    def _ship(self, archive: Archive) -> Archive:
        """Put an archive into the cluster, where each worker that needs it gets it once."""
        if archive.digest not in self._archives:
            key = f"briefings-{archive.digest}-{secrets.token_hex(4)}"
            # A task and not scattered data: what only a lost worker had would be lost with it.
            self._archives[archive.digest] = archive, self._client.submit(bytes, archive.content, key=key)
        return self._archives[archive.digest][0]

    # -- Tasks ---------------------------------------------------------------------------------------------

    def _send(self, work: Callable[..., Any], args: tuple[Any, ...], **how: Any) -> Any:
        archives = [(digest, content) for digest, (_, content) in self._archives.items()]
        payload = pickle.dumps((work, args))
        return self._client.submit(bootstrap.task(), payload, self._engine, versions(), archives, pure=False, **how)

    def _opened(self, answer: tuple[str, Any], address: str = "") -> Any:
        """What a worker's answer holds. Raises ProblemError, and what the task raised."""
        kind, value = answer
        worker = f"the worker {address}" if address else "a worker"
        if kind == bootstrap.OTHER:
            raise _other_version(worker, value, versions())
        if kind == bootstrap.LOST:
            raise cluster_error(f"{worker} failed: {value}", "look into its log")
        done, result = pickle.loads(value)
        if not done:
            raise result
        return result

    async def _settle(self, future: "Future[Any]", distant: Any) -> None:
        """Give a future what its task comes to."""
        from distributed.scheduler import KilledWorker

        try:
            result = self._opened(await distant)
        except KilledWorker:
            hint = "check that the workers have enough memory"
            _fail(future, cluster_error("several workers were lost while they did the same work", hint))
        except (Exception, asyncio.CancelledError) as error:
            lost = isinstance(error, asyncio.CancelledError) or distant.cancelled() or self._client is None
            _fail(future, _lost(self._address) if lost else error)
        else:
            if future.set_running_or_notify_cancel():
                future.set_result(result)

    def _forget(self, distant: Any, future: "Future[Any]") -> None:
        self._pending.pop(future, None)
        if future.cancelled():
            with contextlib.suppress(Exception):
                distant.cancel()

    def _watch(self) -> None:
        """Give up when there is no worker for long: Dask waits for one without end."""
        since = time.monotonic()
        while not self._closed.wait(_TICK):
            client = self._client
            with contextlib.suppress(Exception):
                if client is None or not self._pending or client.nthreads():
                    since = time.monotonic()
            if time.monotonic() - since > _ALONE:
                for future in list(self._pending):
                    _fail(future, _lost(self._address))
                since = time.monotonic()


def _require_dask() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise UsageError("'--cluster' needs Dask, which is not installed: pip install 'briefings[dask]'") from None


def _reach(address: str) -> None:
    """Raise ProblemError unless something listens at the address: at once, where Dask would try for long."""
    parts = urlsplit(address)
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if parts.scheme != "tcp" or not host or not port:
        raise UsageError(f"'{address}' is no address of a scheduler; it is written as tcp://host:8786")
    try:
        with socket.create_connection((host, port), timeout=_PATIENCE) as connection:
            greeting = connection.recv(1)  # a scheduler speaks first
    except OSError as error:
        raise _unreachable(address, error.strerror or str(error)) from None
    if not greeting:
        raise _unreachable(address, "it is no scheduler")


def _unreachable(address: str, why: str) -> ProblemError:
    hint = "check the address, and that 'dask scheduler' runs there"
    return cluster_error(
        f"the scheduler {address} cannot be reached: {why.splitlines()[0].lower() or 'no answer'}", hint
    )


def _lost(address: str) -> ProblemError:
    return cluster_error(f"the cluster {address} was lost", "start it again; what was made is kept")


def _other_version(name: str, theirs: Mapping[str, str], ours: Mapping[str, str]) -> ProblemError:
    said = ", ".join(
        f"{package} {version} and not {ours.get(package, 'absent')}" for package, version in theirs.items()
    )
    return cluster_error(f"{name} has {said}", _HINT)


def _same(found: Mapping[str, Any]) -> dict[str, str]:
    """The versions of what has the same one on every machine, as Dask tells them: "3.11.2.final.0"."""
    return {package: str(found["packages"].get(package)).split(".final")[0] for package in _SAME}


def _fail(future: "Future[Any]", error: BaseException) -> None:
    with contextlib.suppress(Exception):  # another thread has settled it
        if future.set_running_or_notify_cancel():
            future.set_exception(error)
