"""Other people's formats, one module each: spreadsheets and geographic files.

Everything here turns a register that is already redacted for its audience into bytes; what a
network means, and where the files are put, is left to the rooms above and below.
"""
