"""Whether what was made is still what would be made: nothing that is up to date is made again.

`states` knows files by their content, `seen` what a piece of work looked at, `reports` single reports, `runs` whole
command lines: with `states` it is all that `build.py` needs to answer one before the program itself is loaded. Records
lie in `.cache/`; one that is lost costs a build, no more.
"""
