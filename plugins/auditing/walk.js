// Run inside a page by auditing/sight.py: what an accessibility engine passes over. Gives plain data.
(() => {
  "use strict";

  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();

  // Whatever notation a browser answers in, a painted pixel is red, green, blue and alpha.
  function colour(text) {
    if (!known.has(text)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = text;
      pen.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = pen.getImageData(0, 0, 1, 1).data;
      known.set(text, [red, green, blue, alpha / 255]);
    }
    return known.get(text);
  }

  function over(front, back) {
    const alpha = front[3];
    return [0, 1, 2].map((n) => front[n] * alpha + back[n] * (1 - alpha)).concat(1);
  }

  function luminance(rgb) {
    const [red, green, blue] = rgb.slice(0, 3).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function ratio(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function canvasColour() {
    const scheme = getComputedStyle(document.documentElement).colorScheme;
    return matchMedia("(prefers-color-scheme: dark)").matches && scheme.includes("dark") ? [18, 18, 18, 1] : [255, 255, 255, 1];
  }

  function background(element) {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.push(colour(getComputedStyle(at).backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((back, front) => over(front, back), canvasColour());
  }

  // Shapes of a drawing that were painted before its text and lie under it.
  function underDrawing(text) {
    const box = text.getBoundingClientRect();
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    let back = background(text.closest("svg"));
    for (const shape of text.closest("svg").querySelectorAll("rect, circle, path, ellipse, polygon")) {
      const area = shape.getBoundingClientRect();
      const before = shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
      const fill = getComputedStyle(shape).fill;
      if (before && fill !== "none" && x >= area.left && x <= area.right && y >= area.top && y <= area.bottom) back = over(colour(fill), back);
    }
    return back;
  }

  function opacity(element) {
    let product = 1;
    for (let at = element; at; at = at.parentElement) product *= Number(getComputedStyle(at).opacity);
    return product;
  }

  function shown(element) {
    if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) return false;
    const box = element.getBoundingClientRect();
    // Text for screen readers alone is clipped to one pixel.
    return box.width > 1 && box.height > 1;
  }

  function name(element) {
    const mark = element.id ? `#${element.id}` : element.classList.length ? `.${element.classList[0]}` : "";
    return element.localName + mark;
  }

  function reading(element, text, ink) {
    const drawn = element.closest("svg");
    const back = drawn ? underDrawing(element) : background(element);
    const front = colour(ink);
    return { ratio: ratio(over([...front.slice(0, 3), front[3] * opacity(element)], back), back), text: `${name(element)} ${text.trim().slice(0, 60)}` };
  }

  // Every piece of text that shows, be it one character, a placeholder or made by a style sheet.
  function texts() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !element || ["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "OPTION"].includes(element.tagName)) continue;
      if (shown(element) && !element.closest(":disabled")) {
        const style = getComputedStyle(element);
        found.push(reading(element, walker.currentNode.data, element.closest("svg") ? style.fill : style.color));
      }
    }
    for (const element of document.body.querySelectorAll("*")) {
      for (const part of ["::before", "::after"]) {
        const style = getComputedStyle(element, part);
        if (/^"[^"]*[\p{L}\p{N}][^"]*"$/u.test(style.content) && style.display !== "none" && shown(element)) found.push(reading(element, style.content, style.color));
      }
      if (element.placeholder && !element.value && shown(element)) found.push(reading(element, element.placeholder, getComputedStyle(element, "::placeholder").color));
    }
    return found;
  }

  // On how many sides a ring drawn that far outside an element stands out from what lies under it.
  function sidesSeen(element, ink, away) {
    const box = element.getBoundingClientRect();
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const points = [[x, box.top - away], [x, box.bottom + away], [box.left - away, y], [box.right + away, y]];
    return points.filter((point) => {
      const under = holder(element, ...point);
      return under && ratio(over(ink, background(under)), background(under)) >= 3;
    }).length;
  }

  // The nearest ancestor that holds a point; none where one on the way cuts off what sticks out of it.
  function holder(element, x, y) {
    for (let at = element; at; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom) return at;
      if (at !== element && at !== document.body && getComputedStyle(at).overflow !== "visible") return null;
    }
    return document.documentElement;
  }

  // The keyboard's place must be seen: an outline or a shadow of 2 px or more that stands out 3:1 from what is around it.
  function focuses() {
    const found = [];
    for (const element of document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")) {
      if (!shown(element) || element.matches(":disabled, [type=hidden]")) continue;
      const before = getComputedStyle(element).boxShadow;
      element.focus({ preventScroll: true });
      if (document.activeElement !== element) continue;
      const style = getComputedStyle(element);
      const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      const shadow = style.boxShadow !== "none" && style.boxShadow !== before ? style.boxShadow.match(/^(rgba?\([^)]*\)|color\([^)]*\))/)?.[0] : null;
      const away = outlined ? parseFloat(style.outlineOffset) + parseFloat(style.outlineWidth) / 2 : 1;
      const ink = outlined ? style.outlineColor : shadow;
      if (!ink || sidesSeen(element, colour(ink), away) < 2) found.push(`${name(element)} ${(element.textContent || element.value || "").trim().slice(0, 40)}`);
    }
    document.activeElement?.blur();
    return found;
  }

  return { texts: texts(), focuses: focuses(), width: document.documentElement.scrollWidth };
})
