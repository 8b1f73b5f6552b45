"""Who holds the write lock of an archive, so that a person who waits knows for whom."""

from __future__ import annotations

from pathlib import Path

# In WAL mode a writer holds this byte of the shared-memory file (SQLite file format, "WAL-Index File Format", 2.2).
_WRITE_LOCK_BYTE = 120


def writer_of(path: Path) -> str | None:
    """The process that holds the write lock of the archive at ``path``, as ``process 4711 (sijill add …)``.

    None where nobody holds it, or where the system does not tell (it is read from ``/proc``, so on Linux only).
    """
    try:
        inode = Path(f"{path}-shm").stat().st_ino
        locks = Path("/proc/locks").read_text(encoding="ascii")
    except OSError:
        return None
    for line in locks.splitlines():
        # 1: POSIX  ADVISORY  WRITE 4711 fe:00:12345 120 120
        fields = line.split()
        if len(fields) != 8 or fields[3] != "WRITE":
            continue
        pid, file, first, last = fields[4:]
        if int(file.rpartition(":")[2]) != inode or last == "EOF" or not int(first) <= _WRITE_LOCK_BYTE <= int(last):
            continue
        return f"process {pid}{_command(pid)}"
    return None


def _command(pid: str) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return ""
    command = " ".join(word for word in words if word)
    return f" ({command[:120]})" if command else ""
