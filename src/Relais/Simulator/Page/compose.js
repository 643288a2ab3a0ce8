// What the customer can do besides writing: attach, answer, react, change, and move the world around them.
"use strict";

import { $, make, button, put, icon, ask, menu, closeMenu } from "./dom.js";
import { state, current, number, send, post, upload, load } from "./store.js";
import { t } from "./words.js";
import { summary } from "./bubbles.js";

const EMOJIS = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export function failedToSend() {
  $("banner").textContent = t("notSent");
  $("banner").hidden = false;
}

// Everything that is sent may answer the message above the composer.
async function say(type, more = {}) {
  const quotes = state.quoting?.id;
  stopQuoting();
  try { await send(type, { quotes, ...more }); } catch { failedToSend(); }
}

export async function sayText(text) {
  if (!text.trim() || !state.phone || !state.number) return;
  const quotes = state.quoting?.id;
  stopQuoting();
  try {
    if (quotes) await send("text", { text, quotes });
    else await post("say", { phone: state.phone, to: state.number, text });
    $("banner").hidden = true;
  } catch {
    if (!$("text").value) $("text").value = text;
    failedToSend();
  }
}

export function attachMenu(opener) {
  const meta = number()?.channel === "meta";
  const one = (name, act) => ({ name, icon: name, label: t(name), act });
  menu(opener, [
    ...["image", "video", "voice", "audio", "document", "sticker"].map((kind) => one(kind, () => say(kind))),
    one("file", () => $("own-file").click()),
    one("location", () => sendPlace()),
    one("contacts", sendCard),
    ...(meta ? [one("order", sendCart)] : []),
    one("forward", () => say("text", { text: t("forwarded") + " ✦", forwarded: true })),
    one("ad", () => say("text", { text: "Hello! Can I get more info on this?", advertisement: true })),
    one("unsupported", () => say("unsupported", { kind: "poll_creation" })),
  ]);
}

export async function sendOwnFile(file) {
  if (!file) return;
  const caption = $("text").value.trim();
  try {
    const kept = await upload(file);
    if (!["audio", "sticker"].includes(kept.kind)) $("text").value = "";
    await say(kept.kind, { file: kept.file, text: ["audio", "sticker"].includes(kept.kind) ? undefined : caption || undefined });
  } catch { failedToSend(); }
}

export async function sendPlace(answers) {
  const fields = await ask(t("location"), {
    fields: [
      { name: "latitude", label: t("latitude"), value: "33.57311", type: "number", required: true },
      { name: "longitude", label: t("longitude"), value: "-7.58984", type: "number", required: true },
      { name: "name", label: t("place"), value: "Marché central" }, { name: "address", label: t("address"), value: "Bd Mohammed V, Casablanca" },
    ], yes: t("ok"), no: t("close"),
  });
  if (!fields) return;
  const place = { ...fields, latitude: Number(fields.latitude), longitude: Number(fields.longitude) };
  await say("location", answers ? { ...place, quotes: answers } : place);
}

async function sendCard() {
  const fields = await ask(t("contacts"), {
    fields: [{ name: "name", label: t("name"), value: "Sofia Benali", required: true }, { name: "phone", label: t("number"), value: "+212600112233", type: "tel", required: true }],
    yes: t("ok"), no: t("close"),
  });
  if (fields) await say("contacts", { contacts: [{ name: fields.name, phones: [fields.phone] }] });
}

async function sendCart() {
  const fields = await ask(t("order"), {
    fields: [
      { name: "product_id", label: t("product"), value: "SHIRT-01", required: true }, { name: "quantity", label: t("quantity"), value: "2", type: "number", required: true },
      { name: "price", label: t("price"), value: "49.5", type: "number", required: true }, { name: "currency", label: t("currency"), value: "EUR", required: true },
      { name: "note", label: t("note") },
    ], yes: t("ok"), no: t("close"),
  });
  if (!fields) return;
  await say("order", {
    text: fields.note,
    items: [{ product_id: fields.product_id, quantity: Math.max(1, Math.round(Number(fields.quantity))), price: Number(fields.price), currency: fields.currency }],
  });
}

// Meta's catalogue knows the prices; here the customer says what one costs.
export async function orderFrom(message, extra) {
  const fields = await ask(t("order"), {
    fields: [
      ...extra.products.map((item, i) => ({ name: `quantity${i}`, label: `${t("quantity")} · ${item.id}`, value: i ? "0" : "1", type: "number", required: true })),
      { name: "price", label: t("price"), value: "9.9", type: "number", required: true }, { name: "currency", label: t("currency"), value: "EUR", required: true }, { name: "note", label: t("note") },
    ], yes: t("ok"), no: t("close"),
  });
  if (!fields) return;
  const items = extra.products.map((item, i) => ({ product_id: item.id, quantity: Math.round(Number(fields[`quantity${i}`])), price: Number(fields.price), currency: fields.currency })).filter((item) => item.quantity > 0);
  if (items.length) await say("order", { text: fields.note, items, catalog_id: extra.catalog_id });
}

export function bubbleMenu(opener, message) {
  const meta = number()?.channel === "meta";
  const react = (emoji) => send("reaction", { message: message.id, emoji }).catch(failedToSend);
  const row = make("div", "emojis");
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", t("react"));
  for (const emoji of EMOJIS) {
    const chosen = message.customer_reaction === emoji;
    const one = button("", emoji, () => { closeMenu(); react(chosen ? "" : emoji); });
    one.setAttribute("aria-pressed", String(chosen));
    row.append(one);
  }
  const items = [{ name: "reply", icon: "reply", label: t("reply"), act: () => startQuoting(message) }];
  if (message.from_customer && meta) {
    if (message.type === "text") items.push({ name: "edit", icon: "edit", label: t("edit"), act: () => change(message) });
    items.push({ name: "remove", icon: "remove", label: t("remove"), act: () => send("revoke", { message: message.id }).catch(failedToSend) });
  }
  if (!meta) row.title = t("notWithTwilio");
  menu(opener, items, message.from_customer ? null : row);
}

async function change(message) {
  const fields = await ask(t("edit"), { fields: [{ name: "text", label: t("text"), value: message.text, required: true }], yes: t("change"), no: t("close") });
  if (fields?.text && fields.text !== message.text) await send("edit", { message: message.id, text: fields.text }).catch(failedToSend);
}

function startQuoting(message) {
  state.quoting = message;
  drawQuoting();
  $("text").focus();
}

export function stopQuoting() {
  state.quoting = null;
  drawQuoting();
}

export function drawQuoting() {
  const bar = $("quoting");
  bar.hidden = !state.quoting;
  bar.replaceChildren();
  if (!state.quoting) return;
  const text = make("span", "", summary(state.quoting));
  text.dir = "auto";
  const close = button("", null, () => { stopQuoting(); $("text").focus(); });
  close.setAttribute("aria-label", t("cancelReply"));
  close.append(icon("close"));
  put(bar, put(make("div", "quote"), make("strong", "", state.quoting.from_customer ? t("you2") : number()?.name ?? ""), text), close);
}

export function worldMenu(opener) {
  const blocked = current()?.blocked ?? false;
  const chat = { phone: state.phone, to: state.number };
  menu(opener, [
    { name: "advance", icon: "clock", label: t("advance"), act: () => post("clock", { hours: 25 }).then(load).catch(failedToSend) },
    { name: "block", icon: "block", label: t(blocked ? "unblock" : "block"), act: () => post("block", { ...chat, blocked: !blocked }).then(load).catch(failedToSend) },
    { name: "templates", icon: "template", label: t("templates"), act: showTemplates },
    { name: "changeNumber", icon: "phone", label: t("changeNumber"), act: changeNumber },
  ]);
}

async function changeNumber() {
  const fields = await ask(t("changeNumber"), { fields: [{ name: "number", label: t("newNumber"), type: "tel", value: "+2126", required: true }], yes: t("change"), no: t("close") });
  if (!fields) return;
  try {
    const { phone } = await send("number_change", { number: fields.number });
    state.phone = phone;
    await load();
  } catch { failedToSend(); }
}

// The provider's side of templates: what there is, and a verdict on each.
function showTemplates() {
  const mine = number();
  const list = make("div", "rows");
  const all = state.templates.filter((it) => it.channel === mine?.channel);
  if (!all.length) list.append(make("p", "hint", t("noTemplates")));
  for (const it of all) {
    const text = make("span", "", it.text);
    text.dir = "auto";
    const verdict = (status, key) => button("quiet", t(key), () => {
      $("sheet").close();
      post("templates", { number: mine.address, name: it.name, language: it.language, status: it.channel === "meta" ? status : status.toLowerCase() }).then(load).catch(failedToSend);
    });
    list.append(put(make("div", "row template"), put(make("strong", ""), make("bdi", "", (it.title ?? it.name) + " · " + it.language), make("span", "state " + it.status.toLowerCase(), it.status)),
      text, put(make("div", "add-buttons"), verdict("APPROVED", "approve"), verdict("REJECTED", "reject"), verdict("PAUSED", "pause"))));
  }
  ask(t("templates"), { nodes: [list], no: t("close") });
}
