"""What the system denies to the process that parses: memory, time, files, sockets, signals and further programs.

Each wall stands where the system has it; `standing` says which do here. None of them can be taken down again by the
process that put them up, nor by what it runs.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import signal
import struct
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from winset.corpus.types import Limits

MEGABYTE = 1_000_000
SECONDS_A_MEGABYTE = 2  # of computing, more for a larger file
WAITING = 4  # times its computing time a document may take on a busy machine
MAPPED = 1 << 30  # bytes of address space beyond the memory: libraries and what is shared

_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")  # PDFium measures letters with them
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache", "/usr/share/zoneinfo", "/etc/localtime")
_LIBRARIES = ("lxml", "trafilatura", "feedparser", "docx", "pypdfium2", "numpy", "dateparser")
_DEVICES = ("/dev/null", "/dev/urandom", "/dev/zero")

# Landlock: prctl(2), landlock(7). The numbers of its calls are the same on every architecture.
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_DIE_WITH_PARENT, _DUMPABLE = 1, 4
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1  # flag of _CREATE: which Landlock is there
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_ALL_ACCESS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}  # of files, by version
_LATEST_ACCESS = (1 << 16) - 1  # from 5 on
_NETWORK, _SCOPES = 4, 6  # versions from which connections, and signals to others, are denied too

# seccomp(2): what a parser never asks of the system. Numbers from the kernel's tables, x86-64 and arm64.
_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_DENIED: dict[str, tuple[int, int | None]] = {  # name: (on x86-64, on arm64); None: not there
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "accept": (43, 202),
    "sendto": (44, 206),
    "sendmsg": (46, 211),
    "bind": (49, 200),
    "listen": (50, 201),
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    "clone": (56, 220),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "kill": (62, 129),
    "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_open": (434, 434),
    "pidfd_send_signal": (424, 424),
    "pidfd_getfd": (438, 438),
    "setrlimit": (160, 164),
    "prlimit64": (302, 261),
    "creat": (85, None),
    "truncate": (76, 45),
    "rename": (82, None),
    "renameat": (264, 38),
    "renameat2": (316, 276),
    "mkdir": (83, None),
    "mkdirat": (258, 34),
    "rmdir": (84, None),
    "link": (86, None),
    "linkat": (265, 37),
    "symlink": (88, None),
    "symlinkat": (266, 36),
    "unlink": (87, None),
    "unlinkat": (263, 35),
    "mknod": (133, None),
    "mknodat": (259, 33),
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "setxattr": (188, 5),
    "fsetxattr": (190, 7),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
    "memfd_create": (319, 279),
    "shmget": (29, 194),
    "setuid": (105, 146),
    "setgid": (106, 144),
    "setresuid": (117, 147),
    "setresgid": (119, 149),
    "openat2": (437, 437),
    "clone3": (435, 435),
    "io_uring_setup": (425, 425),
}
_ABSENT = frozenset(
    ("openat2", "clone3", "io_uring_setup")
)  # told that they do not exist: libraries then go the old way
_OWN_SIGNALS = (234, 131)  # tgkill: what abort() asks for, of the process itself
_OPENING: dict[str, tuple[tuple[int, int | None], int]] = {  # and which argument says how
    "open": ((2, None), 1),
    "openat": ((257, 56), 2),
}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_EPERM, _ENOSYS = 1, 38
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000


def seconds_for(size: int, limits: Limits) -> int:
    """How much computing a file of so many bytes may cost."""
    return max(1, round(limits.reading_seconds + SECONDS_A_MEGABYTE * (size // MEGABYTE)))


def patience(size: int, limits: Limits) -> float:
    """Seconds after which an answer is waited for no longer, however busy the machine."""
    return WAITING * seconds_for(size, limits) + 10.0


def standing() -> tuple[tuple[str, bool], ...]:
    """Each wall in words, and whether this system has it."""
    version = landlock_version()
    linux = sys.platform.startswith("linux")
    limited = _has_limits()
    return (
        ("time", True),
        ("computing", limited),
        ("memory", linux and limited),
        ("writing", limited),
        ("one document a process", forks()),
        ("files out of sight", version > 0),
        ("network and programs", seccomp_machine() is not None),
    )


def forks() -> bool:
    """Whether each document gets a process of its own: elsewhere one process reads many."""
    return sys.platform.startswith("linux")


def with_parent() -> None:
    """End this process when the one that forked it ends. Only for a parent of one thread: its thread counts."""
    if sys.platform.startswith("linux"):
        _prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def first_to_go() -> None:
    """Where the whole machine runs out of memory, the parser ends before the command does."""
    with contextlib.suppress(OSError):  # no Linux
        Path("/proc/self/oom_score_adj").write_text("1000")


def limited(size: int, limits: Limits, *, own: bool) -> None:
    """Bound memory and computing for the document that is read next.

    own: whether this process is for that document alone, so that the bound may be final.
    """
    if not _has_limits():
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    ends = seconds_for(size, limits) + (0 if own else int(used.ru_utime + used.ru_stime) + 1)
    bounds = {resource.RLIMIT_CORE: 0, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CPU: ends}
    if sys.platform.startswith("linux"):  # macOS takes a bound for memory and does not keep it
        bounds[resource.RLIMIT_DATA] = limits.reading_bytes
        bounds[resource.RLIMIT_AS] = _mapped() + limits.reading_bytes + MAPPED
    for which, bound in bounds.items():
        final = resource.getrlimit(which)[1]
        room = sys.maxsize if final == resource.RLIM_INFINITY else final
        most = min(bound, room)
        last = min(most + 1, room) if which == resource.RLIMIT_CPU else most  # at the last it is killed with no reason
        resource.setrlimit(which, (most, last if own else final))


def lifted() -> None:
    """Take back what `limited` bound for one document, in a process that is for many."""
    if _has_limits():
        import resource

        which = (resource.RLIMIT_FSIZE, resource.RLIMIT_CPU, resource.RLIMIT_DATA, resource.RLIMIT_AS)
        for each in which:
            final = resource.getrlimit(each)[1]
            resource.setrlimit(each, (final, final))


def closed_in(ruleset: int | None) -> None:
    """Leave this process, for good, nothing but its memory, its open files, and the files of `readable` for reading."""
    if not sys.platform.startswith("linux"):
        return
    _prctl(_NO_NEW_PRIVILEGES, 1)
    _prctl(_DUMPABLE, 0)
    if ruleset is not None:
        _syscall(_RESTRICT, ruleset, 0)
        os.close(ruleset)
    program = _program()
    if program is not None:
        _prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(program))


def readable() -> tuple[str, ...]:
    """What a parser may still read once it is closed in: Python, its libraries, the system's fonts and time zones.

    Not all of `sys.path`: who runs a script has the folder of that script on it.
    """
    found = (importlib.util.find_spec(name) for name in _LIBRARIES)
    folders = (str(Path(each.origin).parents[1]) for each in found if each and each.origin)
    places = (sys.prefix, sys.base_prefix, sys.exec_prefix, *folders, str(Path(__file__).parents[2]))
    return tuple(dict.fromkeys(each for each in (*places, *_SYSTEM, *_FONTS, *_DEVICES) if Path(each).exists()))


def landlock_version() -> int:
    """Which Landlock the kernel has; 0: none, or it is switched off."""
    if not sys.platform.startswith("linux"):
        return 0
    return max(0, _syscall(_CREATE, 0, 0, _VERSION))


def landlock(paths: Sequence[str]) -> int | None:
    """A descriptor of the rule that `paths` alone may be read, and nothing be written, asked or signalled; None: none.

    Source: landlock(7), with what each version of it can deny.
    """
    version = landlock_version()
    if not version:
        return None
    files = _ALL_ACCESS.get(version, _LATEST_ACCESS)
    rules = struct.pack("QQQ", files, 0b11, 0b11)  # files, connections, sockets and signals of other processes
    held = ctypes.create_string_buffer(rules, 24 if version >= _SCOPES else 16 if version >= _NETWORK else 8)
    ruleset = _syscall(_CREATE, ctypes.addressof(held), len(held), 0)
    if ruleset < 0:
        return None
    for path in paths:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # may not be looked at: then it may not be read either
        allowed = _READ_FILE | _READ_FOLDER if Path(path).is_dir() else _READ_FILE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", allowed, place), 12)
        _syscall(_ADD, ruleset, 1, ctypes.addressof(rule), 0)
        os.close(place)
    return ruleset


def seccomp_machine() -> tuple[int, int] | None:
    """The architecture as the filter knows it, and its column in the tables; None where there is no filter for it."""
    if not sys.platform.startswith("linux") or sys.maxsize < 1 << 32:
        return None
    found = _MACHINES.get(os.uname().machine)
    return found if found and Path("/proc/sys/kernel/seccomp").exists() else None


class _Program(ctypes.Structure):
    """`struct sock_fprog`: a filter's length, and where it stands."""

    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def _program() -> _Program | None:
    """The filter: another architecture ends the process, what is denied fails, a file opens for reading alone.

    Source: seccomp(2), classic BPF over `struct seccomp_data`: number at 0, architecture at 4, arguments from 16 on.
    """
    machine = seccomp_machine()
    if machine is None:
        return None
    steps = list(_steps(*machine))
    held = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.addressof(held))
    program.held = held  # as long as the program
    return program


def _steps(architecture: int, column: int) -> Iterator[tuple[int, int, int, int]]:
    load, equal, at_least, any_bit, answer = 0x20, 0x15, 0x35, 0x45, 0x06
    yield load, 0, 0, 4
    yield equal, 1, 0, architecture
    yield answer, 0, 0, _KILL
    yield load, 0, 0, 0
    yield at_least, 0, 1, 0x40000000  # the numbers of x32, under which everything goes again
    yield answer, 0, 0, _KILL
    for name, numbers in _DENIED.items():
        number = numbers[column]
        if number is not None:
            yield equal, 0, 1, number
            yield answer, 0, 0, _ERROR | (_ENOSYS if name in _ABSENT else _EPERM)
    yield equal, 0, 4, _OWN_SIGNALS[column]
    yield load, 0, 0, 16
    yield equal, 0, 1, os.getpid()
    yield answer, 0, 0, _ALLOW
    yield answer, 0, 0, _ERROR | _EPERM
    for numbers, argument in _OPENING.values():
        number = numbers[column]
        if number is not None:
            yield equal, 0, 4, number
            yield load, 0, 0, 16 + 8 * argument
            yield any_bit, 0, 1, _WRITING
            yield answer, 0, 0, _ERROR | _EPERM
            yield answer, 0, 0, _ALLOW
    yield answer, 0, 0, _ALLOW


def _syscall(number: int, *arguments: int) -> int:
    call = ctypes.CDLL(None).syscall
    call.restype = ctypes.c_long
    return int(call(*map(ctypes.c_long, (number, *arguments))))


def _prctl(option: int, *arguments: int) -> None:
    """A wall that the system refuses to put up is one that it does not have: `standing` tells which it has."""
    whole = (*arguments, 0, 0, 0, 0)[:4]
    ctypes.CDLL(None).prctl(ctypes.c_int(option), *map(ctypes.c_ulong, whole))


def _has_limits() -> bool:
    return sys.platform != "win32"


def _mapped() -> int:
    """Bytes of address space that this process has taken already; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
