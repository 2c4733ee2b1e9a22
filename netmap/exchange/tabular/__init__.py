"""A whole register as one workbook, or as a zip of CSV files, and both read back.

Which cells an audience gets is settled in :mod:`netmap.exchange.rows`; sheets as other people keep
them are for ``spreadsheets``.
"""
