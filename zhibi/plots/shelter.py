"""Where matplotlib is imported: away from what a user has set up for it, and from the user's own folders.

As it is imported it reads settings from the working folder, the home folder and the environment, and writes a
list of all fonts beside them. Here it finds an empty folder, which is gone when it has been imported.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from tempfile import TemporaryDirectory

_OWN_FOLDER = "MPLCONFIGDIR"

_READ = (_OWN_FOLDER, "MATPLOTLIBRC", "MPLBACKEND")
"""What matplotlib takes from the environment as it is imported."""


@contextmanager
def sheltered() -> Iterator[None]:
    """Give matplotlib a folder that holds nothing while it is imported."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # That it lists fonts is no news for a clerk.
    before = {name: os.environ.pop(name) for name in _READ if name in os.environ}
    try:
        with TemporaryDirectory(prefix="zhibi-") as folder, chdir(folder):
            os.environ[_OWN_FOLDER] = folder
            yield
    finally:
        os.environ.pop(_OWN_FOLDER, None)
        os.environ.update(before)
