"""A cluster that grows and shrinks with the queue of a SLURM: python cluster.py --most 200, and leave it running.

It prints the address for `winset ... --cluster`. Needs dask-jobqueue; settings of your site may stand in
~/.config/dask/jobqueue.yaml instead of here.
"""

from __future__ import annotations

import argparse
import os
import signal
from pathlib import Path

from dask_jobqueue import SLURMCluster
from distributed import Security


def main() -> None:
    """Ask for workers as there is work, until Ctrl-C or SIGTERM."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--least", type=int, default=0, help="jobs that are kept however little there is to do")
    options.add_argument("--most", type=int, default=100, help="jobs at most (default 100)")
    options.add_argument("--processes", type=int, default=16, help="of a job, of one core each (default 16)")
    options.add_argument("--queue", help="partition of the SLURM")
    options.add_argument(
        "--time", default="04:00:00", help="of a job (default 04:00:00); what is cut off is done again"
    )
    options.add_argument("--certificates", type=Path, required=True, help="the folder that certificates.sh made")
    chosen = options.parse_args()
    keys = {"key": str(chosen.certificates / "cluster.key"), "cert": str(chosen.certificates / "cluster.pem")}
    security = Security(
        require_encryption=True,
        tls_ca_file=str(chosen.certificates / "authority.pem"),
        **{f"tls_{role}_{part}": path for role in ("scheduler", "worker", "client") for part, path in keys.items()},
    )
    cluster = SLURMCluster(
        queue=chosen.queue,
        walltime=chosen.time,
        cores=chosen.processes,
        processes=chosen.processes,
        memory=f"{1500 * chosen.processes}MB",
        protocol="tls://",
        security=security,
        local_directory=os.environ.get("TMPDIR", "/tmp"),  # noqa: S108 - a node's own disk
        scheduler_options={"dashboard_address": None},
        job_script_prologue=[f". {chosen.certificates.resolve()}/environment"],
    )
    cluster.adapt(minimum_jobs=chosen.least, maximum_jobs=chosen.most)
    print(cluster.scheduler_address, flush=True)  # noqa: T201
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        signal.pause()
    except KeyboardInterrupt:
        cluster.close()


if __name__ == "__main__":
    main()
