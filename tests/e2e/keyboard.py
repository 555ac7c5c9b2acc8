"""Somebody without a mouse: who only tabs, types and presses keys, and must see where they are."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.e2e.chart import LOADED

FAR = 120
"""Nobody presses Tab so often to get anywhere."""

# How what has the keyboard looks, with what stands around it: antd marks a field's frame, not the field.
_LOOK = """
async () => {
  // What loses the keyboard is told so a moment later.
  for (const frame of [1, 2, 3]) await new Promise(requestAnimationFrame);
  const ends = animation => animation.effect.getComputedTiming().endTime < Infinity;
  document.getAnimations().filter(ends).forEach(animation => animation.finish());
  const styles = element => {
    const style = getComputedStyle(element);
    const outline = style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineColor;
    return [outline, style.boxShadow, style.borderColor, style.backgroundColor].join();
  };
  const around = element => {
    const above = [element];
    while (above.length < 6 && above[0].parentElement) above.unshift(above[0].parentElement);
    const beside = [...element.parentElement.querySelectorAll('*')].slice(0, 80);
    return [element, ...above, ...beside];
  };
  const active = document.activeElement;
  const before = window.hadKeyboard;
  const left = before && before[0][0] !== active && before[0][0].isConnected;
  const unseen = left && before.every(([element, look]) => styles(element) === look)
    ? before[0][0].outerHTML.slice(0, 300) : null;
  const ours = active !== document.body && !document.getElementById('app').contains(active);
  window.hadKeyboard = !ours ? null : around(active).map(element => [element, styles(element)]);
  return unseen;
}
"""
_OUT_OF_SIGHT = """
() => {
  const box = document.activeElement.getBoundingClientRect();
  const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  return inside ? null : document.activeElement.outerHTML.slice(0, 300);
}
"""


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, target: Locator, back: bool = False) -> Keyboard:
        """Tab until the keyboard is in `target`; whatever has it on the way looks other than without it."""
        expect(target).to_be_visible(timeout=LOADED)
        for _ in range(FAR):
            if target.evaluate("element => element.contains(document.activeElement)"):
                self._seen()
                return self
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            self._seen()
        raise AssertionError(f"{FAR} presses of Tab do not lead to {target}")

    def press(self, *keys: str) -> Keyboard:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def type(self, text: str) -> Keyboard:
        self.page.keyboard.type(text)
        return self

    def down_to(self, target: Locator) -> Keyboard:
        """With the arrow, in a menu that is open."""
        expect(target).to_be_visible(timeout=LOADED)
        for _ in range(20):
            if target.evaluate("element => element === document.activeElement"):
                return self
            self.press("ArrowDown")
        raise AssertionError(f"the arrow does not lead to {target}")

    def choose(self, target: Locator, text: str) -> Keyboard:
        """In one of antd's lists: open it, go to the entry with the arrows, take it."""
        self.to(target).press("ArrowDown")
        active = self.page.locator(
            ".kpi-ant-select-dropdown:not(.kpi-ant-select-dropdown-hidden) .kpi-ant-select-item-option-active"
        )
        for _ in range(20):
            expect(active).to_be_visible(timeout=LOADED)
            if text in active.inner_text():
                return self.press("Enter")
            self.press("ArrowDown")
        raise AssertionError(f"no {text!r} in the list")

    def _seen(self) -> None:
        unseen = self.page.evaluate(_LOOK)
        assert unseen is None, f"nothing shows that this has the keyboard: {unseen}"
        hidden = self.page.evaluate(_OUT_OF_SIGHT)
        assert hidden is None, f"this has the keyboard, but is out of sight: {hidden}"
