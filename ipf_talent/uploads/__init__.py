"""Tables that people send: CSV and XLSX, read with care and with every fault named by row and column."""

from ipf_talent.uploads import csv_reading, xlsx_reading
from ipf_talent.uploads.faults import Fault, Wrong
from ipf_talent.uploads.tables import MOST_BYTES, Row, Upload

__all__ = ["MOST_BYTES", "Fault", "Row", "Upload", "Wrong", "read_upload"]


def read_upload(data: bytes, filename: str, *, most_rows: int) -> Upload:
    """
    Read an uploaded table; never raises for what is in it, but says it in `faults`.

    Args:
        data: the whole file; more than 10 MB is refused.
        filename: only its ending counts, `.csv` (or `.txt`, `.tsv`) or `.xlsx`; the content has to be that.
        most_rows: a file with more rows is refused as a whole.
    """
    if not data.strip():
        return Upload(faults=(Fault(0, "", Wrong.EMPTY),))
    if len(data) > MOST_BYTES:
        return Upload(faults=(Fault(0, "", Wrong.TOO_LARGE, {"most": MOST_BYTES // 1_000_000}),))
    ending = filename.rpartition(".")[2].lower()
    if ending in ("csv", "txt", "tsv"):
        return csv_reading.read(data, most_rows=most_rows)
    if ending in ("xlsx", "xls", "ods", "xlsm"):
        return xlsx_reading.read(data, most_rows=most_rows)
    return Upload(faults=(Fault(0, "", Wrong.NO_TABLE),))
