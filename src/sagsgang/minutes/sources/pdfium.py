"""pdfium's functions, called as cheaply as Python can."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as raw


def pdfium_function(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A pdfium function that takes addresses as numbers, at half the cost of the binding's.

    Meant for calls of well under a microsecond: other threads wait meanwhile.
    """
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, *arguments)(address)
