// Small steps in the document. Every text goes in with textContent: customers write what they like.
"use strict";

export const $ = (id) => document.getElementById(id);

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined && text !== null) element.textContent = text;
  return element;
}

export function button(className, text, onclick) {
  const element = make("button", className, text);
  element.type = "button";
  element.onclick = onclick;
  return element;
}

export function put(element, ...children) {
  element.append(...children.filter((c) => c !== null && c !== undefined && c !== ""));
  return element;
}

// A line drawing: a path on a 24 by 24 grid.
const ICONS = {
  reply: "M9 7l-5 5 5 5M4 12h9a7 7 0 0 1 7 7", image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01", video: "M4 6h11v12H4zM15 10l5-3v10l-5-3",
  audio: "M9 18V6l10-2v12M9 18a2.5 2.5 0 1 1-5 0a2.5 2.5 0 1 1 5 0M19 16a2.5 2.5 0 1 1-5 0a2.5 2.5 0 1 1 5 0",
  voice: "M12 4a3 3 0 0 1 3 3v4a3 3 0 1 1-6 0V7a3 3 0 0 1 3-3M6 11a6 6 0 0 0 12 0M12 17v3", document: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  sticker: "M5 4h14v10l-6 6H5zM19 14h-6v6M9 10h.01M14 10h.01M9 14c1 1 3 1 4 0", location: "M12 21c5-6 7-9 7-12a7 7 0 1 0-14 0c0 3 2 6 7 12M12 11h.01",
  contacts: "M12 12a4 4 0 1 0 0-8a4 4 0 1 0 0 8M4 21c0-5 4-7 8-7s8 2 8 7", order: "M4 5h2l2 11h10l2-8H7M9 20h.01M17 20h.01",
  unsupported: "M5 20V10M12 20V4M19 20v-7", ad: "M4 10v4h4l7 5V5L8 10zM19 9v6", forward: "M14 7l6 5-6 5M20 12h-9a7 7 0 0 0-7 7", file: "M12 16V5M8 9l4-4 4 4M5 19h14",
  flow: "M6 4h12v16H6zM9 8h6M9 12h6M9 16h3", list: "M5 7h14M5 12h14M5 17h14", link: "M14 5h5v5M19 5l-8 8M17 14v5H5V7h5", phone: "M6 4l4 1 1 4-2 2a11 11 0 0 0 4 4l2-2 4 1 1 4c-9 1-15-5-14-14",
  code: "M8 8h11v12H8zM5 16V4h11", catalog: "M4 9l2-5h12l2 5v11H4zM4 9h16M9 13a3 3 0 0 0 6 0", more: "M12 6h.01M12 12h.01M12 18h.01", close: "M6 6l12 12M18 6L6 18", clock: "M12 21a9 9 0 1 0 0-18a9 9 0 1 0 0 18M12 7v5l3 2",
  block: "M12 21a9 9 0 1 0 0-18a9 9 0 1 0 0 18M6 6l12 12", template: "M4 5h16v14H4zM4 10h16M9 10v9", edit: "M5 19l1-4L16 5l3 3L9 18z", remove: "M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name] ?? ICONS.more);
  svg.append(path);
  return svg;
}

// Puts parts = [key, create] into the parent and leaves those alone that are there already: focus and selection stay, and a
// screen reader hears only what is new.
export function sync(parent, parts) {
  const focused = parent.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  const keys = new Set(parts.map(([key]) => key));
  const there = new Map();
  for (const child of [...parent.children]) {
    if (keys.has(child.dataset.key)) there.set(child.dataset.key, child); else child.remove();
  }
  parts.forEach(([key, create], i) => {
    let element = there.get(key);
    if (!element) { element = create(); element.dataset.key = key; }
    if (parent.children[i] !== element) parent.insertBefore(element, parent.children[i] ?? null);
  });
  if (focused && !parent.contains(document.activeElement)) parent.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}

// A question in a dialog: resolves with the fields' values, or null when it was closed. Each field is
// { name, label, value, type, required }; nodes are shown as they are.
export function ask(title, { fields = [], nodes = [], yes, no }) {
  const dialog = $("sheet");
  const form = make("form");
  form.method = "dialog";
  const heading = make("h2", "sheet-title", title);
  const close = button("sheet-close", null, () => dialog.close());
  close.setAttribute("aria-label", no);
  close.append(icon("close"));
  form.append(put(make("div", "sheet-head"), heading, close), ...nodes);
  for (const field of fields) {
    const input = make("input");
    input.name = field.name;
    input.type = field.type ?? "text";
    input.value = field.value ?? "";
    input.required = field.required ?? false;
    input.dir = field.type === "number" || field.type === "tel" ? "ltr" : "auto";
    if (field.type === "number") input.step = "any";
    form.append(put(make("label"), make("span", "", field.label), input));
  }
  let answer = null;
  if (yes) {
    const submit = make("button", "strong", yes);
    form.append(put(make("div", "add-buttons"), submit));
    form.onsubmit = () => { answer = Object.fromEntries(new FormData(form)); };
  }
  dialog.replaceChildren(form);
  return new Promise((resolve) => {
    dialog.onclose = () => { dialog.replaceChildren(); resolve(answer); };
    dialog.onclick = (e) => { if (e.target === dialog) dialog.close(); };
    dialog.showModal();
  });
}

// A menu under a button: arrow keys walk, Escape closes, a click elsewhere closes.
export function menu(opener, items, top) {
  closeMenu();
  const box = make("div", "menu");
  box.setAttribute("role", "menu");
  if (top) box.append(top);
  for (const item of items) {
    const entry = button("", null, () => { closeMenu(); opener.focus(); item.act(); });
    entry.setAttribute("role", "menuitem");
    entry.dataset.act = item.name;
    entry.append(icon(item.icon), make("span", "", item.label));
    box.append(entry);
  }
  box.onkeydown = (e) => {
    const all = [...box.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    if (e.key === "ArrowDown" || e.key === "ArrowUp") { all.at((at + (e.key === "ArrowDown" ? 1 : -1)) % all.length)?.focus(); e.preventDefault(); }
    if (e.key === "Escape") { closeMenu(); opener.focus(); }
  };
  $("screen").append(box);
  place(box, opener);
  opener.setAttribute("aria-expanded", "true");
  box.opener = opener;
  box.querySelector("button")?.focus();
}

export function closeMenu() {
  for (const box of document.querySelectorAll(".menu")) { box.opener?.setAttribute("aria-expanded", "false"); box.remove(); }
}

// Inside the screen, above or below its button, wherever there is room.
function place(box, opener) {
  const screen = $("screen").getBoundingClientRect();
  const at = opener.getBoundingClientRect();
  const below = at.bottom - screen.top + 4;
  const top = below + box.offsetHeight < screen.height ? below : Math.max(4, at.top - screen.top - box.offsetHeight - 4);
  const left = Math.min(Math.max(4, (document.dir === "rtl" ? at.right - box.offsetWidth : at.left) - screen.left), screen.width - box.offsetWidth - 4);
  box.style.top = top + "px";
  box.style.left = left + "px";
}

document.addEventListener("pointerdown", (e) => { if (!e.target.closest(".menu")) closeMenu(); });
