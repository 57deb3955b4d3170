"""A line between a browser and a server that a test can slow down and cut, as a train does in a tunnel."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

LONG = 1 << 19
"""So many bytes from the browser make a connection an upload, and not the page's own talk."""

SLOW = 1 << 21
"""The bytes a second of one slow upload."""


class Line:
    """Passes on what comes to `port` on this machine to the server at `target`, both ways."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0))
        # The less waits in between, the nearer is what the browser says it sent to what the server has.
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        self.port: int = self._listening.getsockname()[1]
        self.slow = self._cut = False
        self._sent: dict[tuple[socket.socket, socket.socket], int] = {}
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                browser, _address = self._listening.accept()
                pair = (browser, socket.create_connection(("127.0.0.1", self._target)))
                self._sent[pair] = 0
                threading.Thread(target=self._pass, args=(pair, 0, 1), daemon=True).start()
                threading.Thread(target=self._pass, args=(pair, 1, 0), daemon=True).start()

    def _pass(self, pair: tuple[socket.socket, socket.socket], source: int, target: int) -> None:
        with suppress(OSError):
            while content := pair[source].recv(1 << 16):
                pair[target].sendall(content)
                if source == 0:
                    self._sent[pair] += len(content)
                    if self._cut and self._sent[pair] > LONG:
                        break
                    if self.slow and self._sent[pair] > LONG:
                        time.sleep(len(content) / SLOW)
        self._end(pair)

    @staticmethod
    def _end(pair: tuple[socket.socket, socket.socket]) -> None:
        for one in pair:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def cut(self) -> None:
        """End the connections on which something long is being sent, and new ones too, until `mend`.

        A browser that loses one which it used before tries by itself once more.
        """
        self._cut = True
        for pair, sent in list(self._sent.items()):
            if sent > LONG:
                self._end(pair)

    def mend(self) -> None:
        """Let all through again, as fast as it comes."""
        self.slow = self._cut = False

    def close(self) -> None:
        """End them all, and answer no more."""
        self._listening.close()
        for pair in list(self._sent):
            self._end(pair)
