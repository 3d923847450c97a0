"""Whether what was made is still what would be made: nothing that is up to date is made again.

`states` knows files by their content, `runs` whole command lines (all that `build.py` needs to answer one before the
program itself is loaded), `reports` single reports. Records lie in `.cache/`; one that is lost costs a build, no more.
"""
