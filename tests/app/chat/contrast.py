"""Contrast of every text a page shows, by the formula of WCAG 2."""

from __future__ import annotations

from playwright.sync_api import Page

#: Success criterion 1.4.3: 4.5 to 1, and 3 to 1 for large text (24 px, or 18.66 px in bold).
TOO_FAINT = """
(root) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (colours) => {
    canvas.fillStyle = "#fff";
    canvas.fillRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => {
    const linear = (part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = rgb.map((part) => linear(part / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const layers = [];
    for (let up = element; up; up = up.parentElement ?? up.getRootNode().host)
      layers.unshift(getComputedStyle(up).backgroundColor);
    return layers;
  };
  const found = [];
  let seen = 0;
  for (const element of root.querySelectorAll("*")) {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const words = own.map((node) => node.data).join(" ").trim();
    const visible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!words || element.disabled || !visible) continue;
    const style = getComputedStyle(element);
    const layers = behind(element);
    const [one, other] = [luminance(over(layers)), luminance(over([...layers, style.color]))].sort((a, b) => b - a);
    const ratio = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    seen += 1;
    const told = `${ratio.toFixed(2)} ${element.tagName}.${element.className}: ${words.slice(0, 40)}`;
    if (ratio < (large ? 3 : 4.5)) found.push(told);
  }
  return [seen, found];
}
"""


def too_faint(page: Page, selector: str) -> tuple[int, list[str]]:
    """How many stretches of text were looked at under ``selector``, and those that are too faint."""
    seen, found = page.locator(selector).first.evaluate(TOO_FAINT)
    return int(seen), list(found)
