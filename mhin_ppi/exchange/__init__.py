"""Files between programs: what leaves the board for others, and what comes back.

Lives here: the writing and reading of formats that other programs know (W3C Web Annotation,
REFI-QDA, iCalendar, the lists of who was there that Teams and Zoom save), and the writing of
answer sheets in Word and Excel.
Never here: Qt, SQL, files themselves (bytes in, bytes out), and what a person may see: ``services``
decide that before anything comes here.
May import: ``domain`` and ``errors``.
"""
