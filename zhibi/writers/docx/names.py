"""Names of styles -> their ids in a Word file: built-in names have Word's own ids."""

from __future__ import annotations

from zhibi.nodes import Role
from zhibi.styles import WORD_STYLES

SEPARATOR = "分隔"
"""Style of the invisible paragraph that Word needs between a table and what is not a paragraph."""

_BUILT_IN = {
    "Normal": "Normal",
    "Body Text": "BodyText",
    "footer": "Footer",
    **{f"heading {level}": f"Heading{level}" for level in range(1, 5)},
}


def style_id(name: str) -> str:
    """Return the id of the style `name`."""
    return _BUILT_IN.get(name, name)


def is_built_in(name: str) -> bool:
    """Tell whether Word itself knows the style `name`."""
    return name in _BUILT_IN


def role_id(role: Role) -> str:
    """Return the id of the paragraph style of `role`."""
    return style_id(WORD_STYLES[role])
