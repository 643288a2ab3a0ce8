// The customer's phone: the list of customers, the bar, the thread and the composer. Kinds of bubbles are in bubbles.js,
// everything that is sent besides words in compose.js.
"use strict";

import { $, make, button, sync, icon, closeMenu } from "./dom.js";
import { state, typing, current, number as businessNumber, onChange, load, follow, post, markRead, now } from "./store.js";
import { WORDS, LOCALES, FIRST_MESSAGES, t, clock, ltr } from "./words.js";
import { bubble, failed, dots, summary } from "./bubbles.js";
import { sayText, attachMenu, sendOwnFile, worldMenu, stopQuoting, drawQuoting } from "./compose.js";

function connected(yes) {
  $("banner").hidden = yes;
  $("banner").textContent = yes ? "" : t("lost");
  if (!yes && !state.loaded) drawThread();
}

function choose(phone, number) {
  if ((phone ?? state.phone) !== state.phone || (number ?? state.number) !== state.number) stopQuoting();
  state.phone = phone ?? state.phone;
  state.number = number ?? state.number;
  const hash = new URLSearchParams({ phone: state.phone ?? "", to: state.number ?? "", lang: state.lang });
  history.replaceState(null, "", "#" + hash);
  draw();
}

const isEmbedded = document.documentElement.dataset.embedded === "1";
let told = "";

// The desk around the phone opens the conversation of whoever holds it.
function tellDesk() {
  const what = { phone: state.phone, channel: businessNumber()?.channel ?? null };
  if (!isEmbedded || !state.loaded || JSON.stringify(what) === told) return;
  told = JSON.stringify(what);
  parent.postMessage({ relaisPhone: what }, location.origin);
}

function draw() {
  markRead();
  tellDesk();
  drawPeople();
  drawBar();
  drawThread();
}

function drawPeople() {
  const list = $("people");
  list.setAttribute("aria-busy", String(!state.loaded));
  sync(list, [...state.phones.values()].map((phone) => {
    const chats = [...phone.chats.values()];
    const last = chats.flatMap((c) => c.messages.slice(-1)).sort((a, b) => a.at.localeCompare(b.at)).at(-1);
    const unread = chats.reduce((sum, c) => sum + c.unread, 0);
    const chosen = phone.number === state.phone;
    return [JSON.stringify([phone.number, phone.name, last?.id, last?.text, last?.is_deleted, unread, chosen, state.lang]), () => person(phone, last, unread, chosen)];
  }));
}

function person(phone, last, unread, chosen) {
  const row = button("person", null, () => { document.body.dataset.view = "chat"; choose(phone.number); scrollDown(); });
  row.dataset.id = phone.number;
  row.setAttribute("aria-current", String(chosen));
  const title = make("span", "line");
  title.append(make("bdi", "name", phone.name));
  if (last) title.append(make("time", "", clock(last.at)));
  const line = make("span", "line");
  line.append(make("bdi", "last", last ? (last.from_customer ? t("you") : "") + summary(last) : ltr(phone.number)));
  if (unread) line.append(badge(unread));
  const text = make("span", "person-text");
  text.append(title, line);
  row.append(avatar(phone.name, phone.number), text);
  const item = make("li");
  item.append(row);
  return item;
}

function drawBar() {
  const number = businessNumber();
  const phone = state.phones.get(state.phone);
  const chat = current();
  const isTyping = typing.has(state.phone + " " + state.number);
  $("bar-name").textContent = number?.name ?? "Relais";
  $("bar-avatar").textContent = initial(number?.name ?? "R");
  $("bar-state").textContent = isTyping ? t("typing") : number ? ltr(number.display_number) : "";
  $("bar-state").classList.toggle("typing", isTyping);
  $("bar-owner").textContent = phone?.name ?? "";
  $("bar-owner").title = phone ? t("youAre", phone.name) : "";
  $("bar-owner").hidden = !phone;
  drawWindow(chat);
  $("blocked").hidden = !chat?.blocked && !chat?.blocked_by_business;
  $("blocked").textContent = chat?.blocked ? t("blockedYou") : t("blockedByBusiness");
  sync($("numbers"), state.numbers.map((n) => {
    const chosen = n.address === state.number;
    const unread = phone?.chats.get(n.address)?.unread ?? 0;
    return [JSON.stringify([n, chosen, unread, state.lang]), () => numberButton(n, chosen, unread)];
  }));
  $("text").disabled = $("attach").disabled = $("world").disabled = !number || !phone;
  $("send").disabled = $("text").disabled || !$("text").value.trim();
}

// What the provider reckons: after 24 silent hours only templates arrive.
function drawWindow(chat) {
  const until = chat?.window_until ? new Date(chat.window_until) : null;
  const open = until !== null && until > now();
  $("window").textContent = !chat ? "" : open ? t("windowOpen", clock(until)) : t("windowClosed");
  $("window").classList.toggle("closed", !open);
}

function numberButton(number, chosen, unread) {
  const one = button("", number.channel === "meta" ? "Meta" : "Twilio", () => { choose(null, number.address); scrollDown(); });
  one.dataset.id = number.address;
  one.title = number.name + " " + number.display_number;
  one.setAttribute("aria-pressed", String(chosen));
  if (unread) one.append(badge(unread));
  return one;
}

function drawThread() {
  const thread = $("thread");
  const messages = current()?.messages ?? [];
  const isTyping = typing.has(state.phone + " " + state.number);
  const stick = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 80;
  const parts = [];
  if (!messages.length) {
    parts.push([JSON.stringify(["empty", state.lang, state.loaded, state.number, $("banner").hidden]), empty]);
  }

  const answered = new Set(messages.filter((m) => m.from_customer && !m.is_deleted).map((m) => m.quotes));
  let day = "";
  for (const message of messages) {
    const its = new Date(message.at).toLocaleDateString(LOCALES[state.lang], { day: "numeric", month: "long", year: "numeric" });
    if (its !== day) parts.push([its, () => make("div", "day", dayName(message.at, its))]);
    day = its;
    const key = [state.lang, state.number, message.id, message.state, message.answered, message.text, message.is_edited, message.is_deleted,
      message.customer_reaction, message.business_reaction, answered.has(message.id)];
    parts.push([JSON.stringify(key), () => bubble(message)]);
    if (message.state === "not_taken") parts.push([JSON.stringify(["failed", ...key]), () => failed(message)]);
  }
  if (isTyping) parts.push(["typing", dots]);
  sync(thread, parts);
  if (stick) scrollDown();
}

function empty() {
  const box = make("div", "empty");
  if (!state.loaded) { box.append(make("p", "", $("banner").hidden ? t("loading") : t("lost"))); return box; }
  const number = businessNumber();
  if (!number) { box.append(make("p", "", t("noNumber"))); return box; }
  const title = make("strong", "", t("emptyTitle", number.name));
  title.dir = "auto";
  const chips = make("div", "chips");
  for (const text of FIRST_MESSAGES) {
    const chip = button("", text, () => sayText(text));
    chip.dir = "auto";
    chips.append(chip);
  }
  box.append(title, make("p", "", t("emptyHint")), chips);
  return box;
}

function avatar(name, number) {
  const colour = [...number].reduce((sum, c) => sum + c.charCodeAt(0) * 7, 0) % 6;
  const element = make("span", "avatar c" + colour, initial(name));
  element.setAttribute("aria-hidden", "true");
  return element;
}

function badge(count) {
  const element = make("span", "badge", count > 99 ? "99+" : String(count));
  element.setAttribute("aria-label", t("unread", count));
  return element;
}

const initial = (name) => ([...name.trim().replace(/^\+/, "")][0] ?? "?").toUpperCase();
const dayName = (at, name) => new Date(at).toDateString() === now().toDateString() ? t("today") : name;

function scrollDown() { const thread = $("thread"); thread.scrollTop = thread.scrollHeight; }

function fit() {
  const text = $("text");
  // Empty, it lies in the page's direction; written, in its text's own.
  text.dir = text.value ? "auto" : document.documentElement.dir;
  text.style.height = "";
  // Hidden, it has no height to measure.
  if (text.value && text.scrollHeight) text.style.height = Math.min(text.scrollHeight + 2, 128) + "px";
  $("send").disabled = text.disabled || !text.value.trim();
}

function speak(lang) {
  state.lang = WORDS[lang] ? lang : "en";
  document.documentElement.lang = state.lang;
  document.documentElement.dir = state.lang === "ar" ? "rtl" : "ltr";
  document.title = "Relais · " + t("title");
  for (const e of document.querySelectorAll("[data-i18n]")) e.textContent = t(e.dataset.i18n);
  for (const e of document.querySelectorAll("[data-i18n-label]")) e.setAttribute("aria-label", t(e.dataset.i18nLabel));
  for (const e of document.querySelectorAll("[data-i18n-placeholder]")) e.placeholder = t(e.dataset.i18nPlaceholder);
  for (const e of document.querySelectorAll("[data-lang]")) e.setAttribute("aria-pressed", String(e.dataset.lang === state.lang));
  drawQuoting();
  fit();
}

// --- start ------------------------------------------------------------------------------------------------------------

onChange(draw, connected);
const wantedLanguage = new URLSearchParams(location.hash.slice(1)).get("lang") ?? document.documentElement.dataset.language ?? navigator.language.slice(0, 2);
if (isEmbedded) document.body.dataset.view = "chat";
speak(wantedLanguage);
for (const one of document.querySelectorAll("[data-lang]")) {
  one.onclick = () => { speak(one.dataset.lang); choose(); };
}
for (const one of document.querySelectorAll("[data-icon]")) one.append(icon(one.dataset.icon));
$("composer").onsubmit = (e) => {
  e.preventDefault();
  const text = $("text").value;
  $("text").value = "";
  fit();
  sayText(text).then(fit);
  scrollDown();
};
$("text").oninput = fit;
$("text").onkeydown = (e) => {
  if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); $("composer").requestSubmit(); }
};
$("attach").onclick = () => attachMenu($("attach"));
$("world").onclick = () => worldMenu($("world"));
$("own-file").onchange = () => { sendOwnFile($("own-file").files[0]).then(fit); $("own-file").value = ""; };
$("back").onclick = () => { closeMenu(); document.body.dataset.view = "list"; };
$("add-open").onclick = () => { $("add").hidden = false; $("add-open").hidden = true; $("add-name").focus(); };
$("add-cancel").onclick = () => { $("add").hidden = true; $("add-open").hidden = false; };
$("add").onsubmit = async (e) => {
  e.preventDefault();
  try {
    const phone = await post("phones", { number: $("add-number").value, name: $("add-name").value });
    $("add").reset();
    $("add-problem").hidden = true;
    $("add-cancel").onclick();
    await load();
    document.body.dataset.view = "chat";
    choose(phone.number);
  } catch {
    $("add-problem").textContent = t("badNumber");
    $("add-problem").hidden = false;
  }
};
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") draw(); });
// Pictures get their height when they have come: who stood at the end stays there.
$("thread").addEventListener("load", () => { const it = $("thread"); if (it.scrollHeight - it.scrollTop - it.clientHeight < 420) scrollDown(); }, true);
drawThread();
follow();
load();
