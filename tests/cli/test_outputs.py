"""An output is written whole or not at all."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from winset.cli import outputs
from winset.cli.outputs import output
from winset.errors import CannotWrite


def test_a_file_is_written_when_the_block_ends_well(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with output(str(path)) as write:
        write("Zoë ")
        write("1\n")
        assert not path.exists()
    assert path.read_bytes() == "Zoë 1\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def interrupted(target: str, what: type[BaseException]) -> None:
    with output(target) as write:
        write("new")
        raise what


@pytest.mark.parametrize("what", [KeyboardInterrupt, ValueError])
def test_after_an_error_the_old_file_stands_and_nothing_else(tmp_path: Path, what: type[BaseException]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(what):
        interrupted(str(path), what)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_is_as_open_as_any_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    path, plain = tmp_path / "a.txt", tmp_path / "plain"
    plain.touch()
    with output(str(path)):
        pass
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    path.chmod(0o640)
    with output(str(path)):
        pass
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_keeps_pointing_where_it_points(tmp_path: Path) -> None:
    path, link = tmp_path / "a.txt", tmp_path / "link.txt"
    path.write_text("old")
    link.symlink_to(path)
    with output(str(link)) as write:
        write("new")
    assert link.is_symlink()
    assert path.read_text() == "new"


def test_a_folder_a_missing_folder_and_a_file_as_folder_are_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "none" / "a.txt", tmp_path / "file" / "a.txt", tmp_path / ("x" * 300)):
        with pytest.raises(CannotWrite) as refused, output(str(path)):
            pytest.fail("the work must not begin")
        assert "\n" not in str(refused.value)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("mine")
    with pytest.raises(CannotWrite, match="being read"), output(str(path), sources=["none", str(path)]):
        pass
    assert path.read_text() == "mine"


def test_a_folder_that_may_not_be_written_is_refused_at_once(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    locked = Path("/proc/self") if os.geteuid() == 0 else tmp_path  # the superuser may write into any real folder
    with pytest.raises(CannotWrite), output(str(locked / "a.txt")):
        pytest.fail("the work must not begin")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a full disk")
def test_a_full_disk_is_told_in_one_line() -> None:
    with pytest.raises(CannotWrite, match="No space left"), output("/dev/full") as write:
        write("much")
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_stdout_gets_utf8_only_when_the_block_ends_well(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupted("-", KeyboardInterrupt)
    with output("-") as write:
        write("Zoë\n")
    assert capfdbinary.readouterr().out == "Zoë\n".encode()


def test_much_is_not_held_and_still_takes_its_place_only_when_all_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outputs, "HELD", 10)
    place = tmp_path / "out.txt"
    place.write_text("before", encoding="utf-8")
    sizes: list[int] = []

    def stopped() -> None:
        with output(str(place)) as write:
            write("a line of more than ten\n")
            sizes.extend(each.stat().st_size for each in tmp_path.iterdir() if each != place)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert sizes == [24]
    assert [each.name for each in tmp_path.iterdir()] == ["out.txt"]
    assert place.read_text("utf-8") == "before"
    with output(str(place)) as write:
        for part in ("Zoë ", b"and ", "a line of more than ten", "\n"):
            write(part)
    assert place.read_text("utf-8") == "Zoë and a line of more than ten\n"


def test_a_pipe_is_written_to_as_one_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "HELD", 10)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as others:
        heard = others.submit(pipe.read_bytes)
        with output(str(pipe)) as write:
            write("a line of more than ten\n")
            write("and one\n")
        assert heard.result(timeout=60) == b"a line of more than ten\nand one\n"
    assert pipe.is_fifo()


def test_a_full_device_is_told_in_the_middle_too(monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    monkeypatch.setattr(outputs, "HELD", 10)

    def written() -> None:
        with output("/dev/full") as write:
            write("a line of more than ten\n")
            pytest.fail("it went on")

    with pytest.raises(CannotWrite, match="/dev/full"):
        written()
