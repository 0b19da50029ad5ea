"""What kind of file it is: by its content, for names are wrong as often as not."""

import zipfile
from pathlib import Path

from .troubles import FileError

LARGEST = 20 * 1024 * 1024  # bytes of an upload
LARGEST_UNPACKED = 500 * 1024 * 1024  # bytes of all parts of a spreadsheet together
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # XLS, and also spreadsheets with a password
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # what holds a spreadsheet with a password
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def detect(path: Path) -> str:
    """`csv`, `xlsx`, `xls` or `ods`. Raises `FileError` for anything that cannot be a table."""
    size = path.stat().st_size
    if size > LARGEST:
        raise FileError("too_large")
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\xef\xbb\xbf\r\n\t ,;"):
        if size <= len(head):
            raise FileError("empty")
        return "csv"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(path)
    if head.startswith(_OLE):
        if _LOCKED in path.read_bytes():
            raise FileError("locked")
        return "xls"
    return _text(head)


def _text(head: bytes) -> str:
    if head.lstrip().startswith(b"%PDF-"):
        raise FileError("pdf")
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):  # a web page that calls itself XLS
        raise FileError("not_a_table")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileError("utf16")
    if b"\0" in head or sum(byte < 32 and byte not in b"\t\r\n" for byte in head) > len(head) // 50:
        raise FileError("not_a_table")
    return "csv"


def _zipped(path: Path) -> str:
    """The parts are listed, not opened: a bomb is refused before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
            if sum(parts.values()) > LARGEST_UNPACKED:
                raise FileError("unpacks_too_large")
            if "xl/workbook.xml" in parts:
                return "xlsx"
            if "mimetype" in parts and parts["mimetype"] < 200 and archive.read("mimetype").strip() == _ODS:
                return "ods"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise FileError("damaged") from error
    raise FileError("not_a_table")
