"""Times Zhibi beside other programs on the same content; run by `make bench`, no part of the tests."""
