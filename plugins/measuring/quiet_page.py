"""A page of the browser that is left alone while it works: what it loads is told to nobody.

A page that Playwright opens has its network watched: each file costs several messages between three processes, and half as much processor time
again as its loading. Readers' pages have no such watch, so times by the clock are taken here.
"""

from __future__ import annotations

import json
import time
from typing import Any

from playwright.sync_api import Browser

_WAIT, _PATIENCE = 0.05, 60
"""Seconds."""


class QuietPage:
    """A page in a window of its own. Raises RuntimeError where a script of ours fails in it, TimeoutError where an answer takes a minute."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser.new_browser_cdp_session()
        self._answers: dict[int, dict[str, Any]] = {}
        self._asked = 0
        self._browser.on("Target.receivedMessageFromTarget", self._take)
        self._target = self._browser.send("Target.createTarget", {"url": "about:blank", "newWindow": True})["targetId"]
        self._session = self._browser.send("Target.attachToTarget", {"targetId": self._target, "flatten": False})["sessionId"]

    def before(self, script: str) -> None:
        """Runs a script in every page that is opened here from now on, before its own."""
        self._send("Page.enable", {})
        self._send("Page.addScriptToEvaluateOnNewDocument", {"source": script})

    def open(self, address: str) -> None:
        """Opens an address; what is loaded later is not awaited."""
        self._send("Page.navigate", {"url": address})

    def evaluate(self, function: str, argument: object = None) -> Any:
        """What a function of JavaScript returns for an argument; a promise is awaited."""
        expression = f"({function})({json.dumps(argument)})"
        told = self._send("Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True})
        if "exceptionDetails" in told:
            raise RuntimeError(told["exceptionDetails"])
        return told["result"].get("value")

    def close(self) -> None:
        self._browser.send("Target.closeTarget", {"targetId": self._target})
        self._browser.detach()

    def _send(self, method: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self._asked += 1
        message = json.dumps({"id": self._asked, "method": method, "params": parameters})
        self._browser.send("Target.sendMessageToTarget", {"sessionId": self._session, "message": message})
        until = time.monotonic() + _PATIENCE
        while self._asked not in self._answers:
            if time.monotonic() > until:
                raise TimeoutError(method)
            time.sleep(_WAIT)  # answers are taken while something else is asked
            self._browser.send("Target.getTargetInfo", {"targetId": self._target})
        answer = self._answers.pop(self._asked)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]

    def _take(self, told: dict[str, Any]) -> None:
        message = json.loads(told["message"])
        if told["sessionId"] == self._session and "id" in message:
            self._answers[message["id"]] = message
