"""A small app around the uploader alone, for the tests in a browser; files come into the folder INCOMING."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from ui.headers import SecurityHeaders
from ui.incoming import close, configure
from ui.upload_route import upload_routes


@asynccontextmanager
async def _tidy(_app: st.App) -> AsyncIterator[None]:
    try:
        yield None
    finally:
        close()


configure(Path(os.environ["INCOMING"]))
app = st.App(
    Path(__file__).parent / "main.py",
    lifespan=_tidy,
    routes=upload_routes(),
    middleware=[Middleware(SecurityHeaders)],
)
