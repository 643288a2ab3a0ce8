// One bubble of each kind, as WhatsApp would show it.
"use strict";

import { $, make, button, put, icon, ask } from "./dom.js";
import { state, current, number, send, post } from "./store.js";
import { t, clock, ltr } from "./words.js";
import { bubbleMenu, failedToSend, orderFrom, sendPlace } from "./compose.js";

const FILE = "/simulator/api/files/";

export function bubble(message) {
  const extra = message.extra ?? {};
  const bare = message.type === "sticker" && !message.is_deleted;
  const element = make("div", "bubble " + (message.from_customer ? "mine" : "theirs") + (bare ? " bare" : ""));
  element.dataset.type = message.type;
  element.dataset.message = message.id;
  if (message.is_deleted) {
    element.append(make("p", "kind", t("deleted")));
  } else {
    put(element, extra.forwarded ? mark("forward", t("forwarded")) : null, extra.advertisement ? mark("ad", t("fromAd", extra.advertisement)) : null,
      quote(message), ...contents(message, extra));
  }
  element.append(foot(message), reactions(message), opener(message));
  return element;
}

function contents(message, extra) {
  const parts = [];
  if (extra.template) parts.push(mark("template", extra.template));
  if (extra.file) parts.push(file(message, extra.file));
  if (extra.place) parts.push(place(extra.place));
  if (extra.header) parts.push(words("strong", "header", extra.header));
  for (const card of extra.cards ?? []) parts.push(contact(card));
  parts.push(...products(extra.products ?? []), toCart(message, extra));
  if (message.type === "unsupported") parts.push(make("div", "kind", t("unsupportedShown")));
  if (message.text && !["contacts", "location"].includes(message.type)) parts.push(words("p", "", message.text));
  if (extra.footer) parts.push(words("div", "footer", extra.footer));
  parts.push(...(extra.links ?? []).map((link) => linkOf(message, link)));
  if (extra.asks_location) parts.push(action("location", t("sendPlace"), () => sendPlace(message.id), isAnswered(message)));
  parts.push(choices(message, extra));
  if (!parts.some((p) => p)) parts.push(make("div", "kind", t("kind", message.type)));
  return parts;
}

function words(tag, className, text) {
  const element = make(tag, className, text);
  element.dir = "auto";
  return element;
}

function mark(name, text) {
  const element = make("div", "mark");
  element.append(icon(name), words("span", "", text));
  return element;
}

function quote(message) {
  if (!message.quotes) return null;
  const quoted = current()?.messages.find((m) => m.id === message.quotes);
  if (!quoted) return null;
  const box = button("quote", null, () => document.querySelector(`[data-message="${CSS.escape(quoted.id)}"]`)?.scrollIntoView({ block: "center" }));
  box.append(make("strong", "", quoted.from_customer ? t("you2") : number()?.name ?? ""), words("span", "", summary(quoted)));
  return box;
}

// One line for quotes and for the list of customers.
export function summary(message) {
  if (message.is_deleted) return t("deleted");
  if (message.extra?.cards?.length) return t("contacts") + " · " + message.extra.cards.map((c) => c.name).join(", ");
  const name = { image: "image", video: "video", audio: "audio", document: "document", sticker: "sticker", location: "location", order: "cart", template: "template" }[message.type];
  if (message.text) return message.text;
  if (message.extra?.file?.is_voice) return t("voice");
  if (message.extra?.links?.[0]?.kind === "flow") return t("formAnswer");
  return message.type === "unsupported" ? t("unsupportedShown") : name ? t(name) : t("kind", message.type);
}

function file(message, it) {
  const source = it.id ? FILE + encodeURIComponent(it.id) : null;
  if (!source || it.kind === "document") return document_(it, source);
  if (it.kind === "image" || it.kind === "sticker") {
    const image = make("img", it.kind === "sticker" ? "sticker" : "picture");
    image.src = source;
    image.alt = message.text || t(it.kind);
    image.loading = "lazy";
    return image;
  }
  const player = make(it.kind === "video" ? "video" : "audio", it.kind === "video" ? "picture" : "player");
  player.controls = true;
  player.preload = "metadata";
  player.src = source;
  player.setAttribute("aria-label", t(it.is_voice ? "voice" : it.kind));
  if (it.is_voice && !message.from_customer) {
    player.onplay = () => { player.onplay = null; post("played", { phone: state.phone, to: state.number, id: message.id }).catch(() => { }); };
  }
  return it.is_voice ? put(make("div", "voice"), icon("voice"), player) : player;
}

function document_(it, source) {
  const card = make(source ? "a" : "div", "card");
  if (source) { card.href = source; card.download = it.name ?? ""; }
  const size = it.size > 1048576 ? (it.size / 1048576).toFixed(1) + " MB" : it.size ? Math.max(1, Math.round(it.size / 1024)) + " KB" : "";
  const type = it.mime_type.split(";")[0].split("/")[1]?.toUpperCase().slice(0, 12) ?? "";
  const text = put(make("span", "card-text"), words("strong", "", it.name || it.link || t("document")),
    make("span", "", ltr([source ? type : new URL(it.link).host, size].filter(Boolean).join(" · "))));
  return put(card, icon(source ? "document" : it.kind), text);
}

function place(it) {
  const box = make("div", "place");
  box.append(put(make("div", "map"), icon("location")));
  put(box, it.name ? words("strong", "", it.name) : null, it.address ? words("span", "", it.address) : null,
    make("span", "coordinates", ltr(it.latitude.toFixed(5) + ", " + it.longitude.toFixed(5))));
  return box;
}

function contact(card) {
  const text = put(make("span", "card-text"), words("strong", "", card.name), card.organisation ? words("span", "", card.organisation) : null,
    ...card.phones.map((p) => make("span", "", ltr(p))));
  return put(make("div", "card"), icon("contacts"), text);
}

function products(items) {
  if (!items.length) return [];
  const list = make("div", "products");
  let section = null;
  let total = 0;
  for (const item of items) {
    if (item.section && item.section !== section) list.append(words("div", "section", item.section));
    section = item.section;
    total += item.quantity * item.price;
    const row = put(make("div", "product"), make("span", "thumb"), words("span", "product-name", item.id));
    if (item.quantity) row.append(make("span", "", ltr(`${item.quantity} × ${item.price} ${item.currency}`)));
    list.append(row);
  }
  if (total) list.append(put(make("div", "product total"), make("span", "product-name", t("items", items.length)), make("strong", "", ltr(`${Math.round(total * 1000) / 1000} ${items[0].currency}`))));
  return [list];
}

// Products that the business sent can be put into a cart; WhatsApp asks how many of each.
function toCart(message, extra) {
  return !message.from_customer && extra.catalog_id && extra.products?.length ? action("order", t("toCart"), () => orderFrom(message, extra), false) : null;
}

function linkOf(message, link) {
  switch (link.kind) {
    case "preview": {
      const card = make("a", "card");
      card.href = link.value; card.target = "_blank"; card.rel = "noopener noreferrer";
      return put(card, icon("link"), put(make("span", "card-text"), make("strong", "", ltr(link.label)), make("span", "", ltr(link.value))));
    }
    case "url": {
      const anchor = make("a", "tap");
      anchor.href = /^https?:/.test(link.value) ? link.value : "#";
      anchor.target = "_blank"; anchor.rel = "noopener noreferrer"; anchor.title = link.value;
      return put(anchor, icon("link"), words("span", "", link.label));
    }
    case "phone": return action("phone", link.label + " " + ltr(link.value), () => { });
    case "code": return action("code", link.label + " · " + link.value, () => navigator.clipboard?.writeText(link.value).catch(() => { }));
    case "catalog": return action("catalog", link.label || t("viewCatalog"), () => { });
    default: {
      if (message.from_customer) return mark("flow", t("formAnswer"));
      return action("flow", link.label || t("fill"), async () => {
        const answers = await ask(link.label || t("fill"), { fields: [{ name: "name", label: t("name") }, { name: "comment", label: t("note") }], yes: t("ok"), no: t("close") });
        if (answers) send("flow_reply", { answers: { ...answers, flow_token: link.value || "unused" }, quotes: message.id }).catch(failedToSend);
      }, isAnswered(message));
    }
  }
}

function action(name, label, act, disabled = false) {
  const element = button("tap", null, act);
  element.disabled = disabled;
  return put(element, icon(name), words("span", "", label));
}

const isAnswered = (message) => (current()?.messages ?? []).some((m) => m.from_customer && m.quotes === message.id && !m.is_deleted);

function choices(message, extra) {
  if (!message.choices.length) return null;
  const answered = isAnswered(message);
  if (extra.list_button) return action("list", extra.list_button, () => openList(message, extra), answered);
  const box = make("div", "choices");
  for (const choice of message.choices) {
    const one = button("", choice.title, () => tap(message, choice));
    one.dir = "auto";
    one.disabled = answered;
    box.append(one);
  }
  return box;
}

const tap = (message, choice) => post("tap", { phone: state.phone, to: state.number, choice, replies_to: message.id }).catch(failedToSend);

function openList(message, extra) {
  const rows = make("div", "rows");
  let section = null;
  for (const choice of message.choices) {
    if (choice.section && choice.section !== section) rows.append(words("div", "section", choice.section));
    section = choice.section;
    const row = button("row", null, () => { $("sheet").close(); tap(message, choice); });
    rows.append(put(row, words("strong", "", choice.title), choice.description ? words("span", "", choice.description) : null));
  }
  ask(extra.list_button, { nodes: [rows], no: t("close") });
}

function reactions(message) {
  const all = [message.customer_reaction, message.business_reaction].filter(Boolean);
  return all.length ? make("span", "reaction", all.join("")) : "";
}

function opener(message) {
  if (message.is_deleted || message.state === "not_taken") return "";
  const more = button("bubble-more", null, () => bubbleMenu(more, message));
  more.dataset.id = "more " + message.id;
  more.setAttribute("aria-label", t("more"));
  more.setAttribute("aria-haspopup", "menu");
  more.append(icon("more"));
  return more;
}

function foot(message) {
  const element = make("div", "foot");
  if (message.is_edited) element.append(make("span", "", t("edited")));
  element.append(make("time", "", clock(message.at)));
  if (message.from_customer && message.state !== "not_taken") element.append(ticks(message.state));
  return element;
}

function ticks(what) {
  const box = make("span", "ticks " + what);
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", t(what));
  box.title = t(what);
  const paths = { sending: ["M10 3v5l3 2", "M4 8a6 6 0 1 0 12 0a6 6 0 1 0-12 0"], taken: ["M5 9l3.5 4L16 4"], seen: ["M1 9l3.5 4L12 4", "M9 12l1 1L18 4"] }[what];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 16");
  for (const d of paths ?? []) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  box.append(svg);
  return box;
}

export function failed(message) {
  const element = make("div", "failed", message.answered ? t("refused", message.answered) : t("silent"));
  const again = button("", t("retry"), () => { again.disabled = true; post("retry", { phone: state.phone, to: state.number, id: message.id }).catch(() => { }); });
  element.append(" ", again);
  return element;
}

export function dots() {
  const element = make("div", "bubble theirs");
  const box = make("span", "dots");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", t("typing"));
  box.append(make("i"), make("i"), make("i"));
  element.append(box);
  return element;
}
