"""A page that fails its test when the plugin's code goes wrong in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Error, Page

OURS = "/kpi_tree/static/"
HARMLESS = ("ResizeObserver loop",)


@dataclass
class Watch:
    """Collects what the page threw, and what the plugin's bundle wrote to the console as an error."""

    problems: list[str] = field(default_factory=list)

    def on(self, page: Page) -> None:
        page.on("pageerror", self._uncaught)
        page.on("console", self._console)

    def _uncaught(self, error: Error) -> None:
        told = error.stack or error.message
        if not any(word in told for word in HARMLESS):
            self.problems.append(f"uncaught: {told}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and OURS in f"{message.location.get('url', '')} {message.text}":
            self.problems.append(f"console: {message.text} ({message.location.get('url')})")
