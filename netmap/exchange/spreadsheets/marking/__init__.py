"""A workbook with what was noticed marked in it: colours, comments and a sheet of problems.

What is noticed, and whether it is right, is for others; :mod:`netmap.exchange.spreadsheets.checked`
puts the parts together. Nothing written here can run as a formula.
"""
