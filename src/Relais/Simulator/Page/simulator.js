// The customer's phone. Reads /simulator/api/state, follows /simulator/api/events, and writes through the same API that
// tests use. Every text goes in with textContent: customers write what they like.
"use strict";

const WORDS = {
  fr: {
    title: "Téléphones de test", subtitle: "Écrivez comme un client\u00a0: Relais répond.", customers: "Clients", language: "Langue",
    addCustomer: "Ajouter un client", add: "Ajouter", cancel: "Annuler", name: "Nom", number: "Numéro", back: "Retour aux clients",
    businessNumbers: "Numéros de l’entreprise", conversation: "Conversation", write: "Écrire un message", send: "Envoyer",
    typing: "écrit…", retry: "Réessayer", sending: "envoi en cours", taken: "reçu par Relais", seen: "lu",
    not_taken: "non reçu", refused: "Relais a répondu {0}\u00a0: le message n’a pas été pris.", silent: "Relais n’a pas répondu\u00a0: le message n’a pas été pris.",
    lost: "Connexion au simulateur perdue. Nouvelle tentative…", loading: "Chargement…", nothing: "Aucun message",
    emptyTitle: "Dites bonjour à {0}", emptyHint: "Choisissez un premier message ou écrivez le vôtre.",
    noNumber: "Aucun numéro d’entreprise n’est connecté au simulateur.", notSent: "Le message n’est pas parti. Réessayez.",
    badNumber: "Un numéro compte de 6 à 15 chiffres, par exemple +33612345678.", unread: "{0} non lus", today: "Aujourd’hui", you: "Vous\u00a0: ", kind: "Message de type « {0} »", youAre: "Vous êtes {0}",
  },
  en: {
    title: "Test phones", subtitle: "Write as a customer: Relais answers.", customers: "Customers", language: "Language",
    addCustomer: "Add a customer", add: "Add", cancel: "Cancel", name: "Name", number: "Number", back: "Back to customers",
    businessNumbers: "Business numbers", conversation: "Conversation", write: "Write a message", send: "Send",
    typing: "typing…", retry: "Try again", sending: "sending", taken: "taken by Relais", seen: "read",
    not_taken: "not taken", refused: "Relais answered {0}: the message was not taken.", silent: "Relais did not answer: the message was not taken.",
    lost: "Connection to the simulator lost. Trying again…", loading: "Loading…", nothing: "No messages",
    emptyTitle: "Say hello to {0}", emptyHint: "Pick a first message or write your own.",
    noNumber: "No business number is connected to the simulator.", notSent: "The message was not sent. Try again.",
    badNumber: "A number has 6 to 15 digits, e.g. +33612345678.", unread: "{0} unread", today: "Today", you: "You: ", kind: "Message of type “{0}”", youAre: "You are {0}",
  },
  ar: {
    title: "هواتف تجريبية", subtitle: "اكتب كأنك زبون: Relais يجيب.", customers: "الزبائن", language: "اللغة",
    addCustomer: "إضافة زبون", add: "إضافة", cancel: "إلغاء", name: "الاسم", number: "الرقم", back: "العودة إلى الزبائن",
    businessNumbers: "أرقام المتجر", conversation: "المحادثة", write: "اكتب رسالة", send: "إرسال",
    typing: "يكتب…", retry: "إعادة المحاولة", sending: "قيد الإرسال", taken: "وصلت إلى Relais", seen: "مقروءة",
    not_taken: "لم تصل", refused: "أجاب Relais بالرمز {0}: لم تُستلم الرسالة.", silent: "لم يُجب Relais: لم تُستلم الرسالة.",
    lost: "انقطع الاتصال بالمحاكي. تجري إعادة المحاولة…", loading: "جارٍ التحميل…", nothing: "لا رسائل",
    emptyTitle: "سلّم على {0}", emptyHint: "اختر رسالة أولى أو اكتب رسالتك.",
    noNumber: "لا يوجد رقم متجر متصل بالمحاكي.", notSent: "لم تُرسل الرسالة. أعد المحاولة.",
    badNumber: "يتكوّن الرقم من 6 إلى 15 رقمًا، مثل ‎+33612345678.", unread: "{0} غير مقروءة", today: "اليوم", you: "أنت: ", kind: "رسالة من نوع «{0}»", youAre: "أنت {0}",
  },
};
// Morocco's Arabic writes digits as the phone numbers here do.
const LOCALES = { fr: "fr-FR", en: "en-GB", ar: "ar-MA" };
const FIRST_MESSAGES = ["Bonjour", "Où est ma commande TRK123456 ?", "أين طلبي TRK123456؟", "Where is my order TRK123456?", "Je veux parler à une personne"];

const $ = (id) => document.getElementById(id);
const state = { phones: new Map(), numbers: [], phone: null, number: null, loaded: false, lang: "fr" };
const typing = new Map();

function t(key, ...values) {
  return values.reduce((text, value, i) => text.replace(`{${i}}`, value), WORDS[state.lang][key]);
}

// Puts parts = [key, create] into the parent and leaves those alone that are there already: focus and selection stay, and a
// screen reader hears only what is new.
function sync(parent, parts) {
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

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

// --- the server -------------------------------------------------------------------------------------------------------

async function post(path, body) {
  const response = await fetch("/simulator/api/" + path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

let reading = null;
function load() {
  // One read at a time; a change during it asks for one more.
  if (reading) { reading.again = true; return reading.done; }
  const mine = reading = { again: false };
  mine.done = (async () => {
    try {
      const response = await fetch("/simulator/api/state", { cache: "no-store" });
      if (!response.ok) throw new Error(String(response.status));
      take(await response.json());
      connected(true);
    } catch { connected(false); } finally {
      reading = null;
      if (mine.again) load();
    }
  })();
  return mine.done;
}

function take(answer) {
  state.numbers = answer.numbers;
  state.phones = new Map(answer.phones.map((p) => [p.number, { ...p, chats: new Map(p.chats.map((c) => [c.number, c])) }]));
  const wanted = new URLSearchParams(location.hash.slice(1));
  state.number = [state.number, wanted.get("to"), state.numbers[0]?.address].find((a) => state.numbers.some((n) => n.address === a)) ?? null;
  state.phone = [state.phone, wanted.get("phone"), state.phones.keys().next().value].find((p) => state.phones.has(p)) ?? null;
  if (!state.loaded && wanted.get("phone")) document.body.dataset.view = "chat";
  for (const phone of state.phones.values()) {
    for (const chat of phone.chats.values()) if (new Date(chat.typing_until) > new Date(answer.now)) showTyping(phone.number, chat.number);
  }
  state.loaded = true;
  draw();
}

function follow() {
  const events = new EventSource("/simulator/api/events");
  events.addEventListener("changed", load);
  events.addEventListener("bubble", (e) => {
    const { phone, number, unread, message } = JSON.parse(e.data);
    const owner = state.phones.get(phone);
    if (!owner) { load(); return; }
    if (!owner.chats.has(number)) owner.chats.set(number, { number, unread: 0, messages: [] });
    const chat = owner.chats.get(number);
    const at = chat.messages.findIndex((m) => m.id === message.id);
    if (at < 0) chat.messages.push(message); else chat.messages[at] = message;
    if (chat.messages.length > 200) chat.messages.shift();
    chat.unread = unread;
    if (!message.from_customer) hideTyping(phone, number);
    draw();
  });
  events.addEventListener("typing", (e) => { const { phone, number } = JSON.parse(e.data); showTyping(phone, number); draw(); });
  events.onerror = () => connected(false);
}

function connected(yes) {
  $("banner").hidden = yes;
  $("banner").textContent = yes ? "" : t("lost");
  if (!yes && !state.loaded) drawThread();
}

function showTyping(phone, number) {
  hideTyping(phone, number);
  typing.set(phone + " " + number, setTimeout(() => { typing.delete(phone + " " + number); draw(); }, 25000));
}

function hideTyping(phone, number) {
  clearTimeout(typing.get(phone + " " + number));
  typing.delete(phone + " " + number);
}

// --- what the customer does -------------------------------------------------------------------------------------------

async function say(text) {
  if (!text.trim() || !state.phone || !state.number) return;
  try {
    await post("say", { phone: state.phone, to: state.number, text });
    connected(true);
  } catch {
    if (!$("text").value) $("text").value = text;
    $("banner").textContent = t("notSent");
    $("banner").hidden = false;
    fit();
  }
}

// Seen on a visible page counts as read; a phone in the pocket does not.
function markRead() {
  const chat = current();
  const visible = document.visibilityState === "visible" && (document.body.dataset.view === "chat" || !matchMedia("(max-width: 56rem)").matches);
  if (chat?.unread && visible) {
    chat.unread = 0;
    post("read", { phone: state.phone, to: state.number }).catch(() => { });
  }
}

function choose(phone, number) {
  state.phone = phone ?? state.phone;
  state.number = number ?? state.number;
  const hash = new URLSearchParams({ phone: state.phone ?? "", to: state.number ?? "", lang: state.lang });
  history.replaceState(null, "", "#" + hash);
  draw();
}

const current = () => state.phones.get(state.phone)?.chats.get(state.number);

// --- drawing ----------------------------------------------------------------------------------------------------------

function draw() {
  markRead();
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
    return [JSON.stringify([phone.number, phone.name, last?.id, unread, chosen, state.lang]), () => person(phone, last, unread, chosen)];
  }));
}

function person(phone, last, unread, chosen) {
  const button = make("button", "person");
  button.type = "button";
  button.dataset.id = phone.number;
  button.setAttribute("aria-current", String(chosen));
  const title = make("span", "line");
  title.append(make("bdi", "name", phone.name));
  if (last) title.append(make("time", "", clock(last.at)));
  const line = make("span", "line");
  line.append(make("bdi", "last", last ? (last.from_customer ? t("you") : "") + (last.text || t("kind", last.type)) : ltr(phone.number)));
  if (unread) line.append(badge(unread));
  const text = make("span", "person-text");
  text.append(title, line);
  button.append(avatar(phone.name, phone.number), text);
  button.onclick = () => { document.body.dataset.view = "chat"; choose(phone.number); scrollDown(); };
  const item = make("li");
  item.append(button);
  return item;
}

function drawBar() {
  const number = state.numbers.find((n) => n.address === state.number);
  const phone = state.phones.get(state.phone);
  const isTyping = typing.has(state.phone + " " + state.number);
  $("bar-name").textContent = number?.name ?? "Relais";
  $("bar-avatar").textContent = initial(number?.name ?? "R");
  $("bar-state").textContent = isTyping ? t("typing") : number ? ltr(number.display_number) : "";
  $("bar-state").classList.toggle("typing", isTyping);
  $("bar-owner").textContent = phone?.name ?? "";
  $("bar-owner").title = phone ? t("youAre", phone.name) : "";
  $("bar-owner").hidden = !phone;
  sync($("numbers"), state.numbers.map((n) => {
    const chosen = n.address === state.number;
    const unread = phone?.chats.get(n.address)?.unread ?? 0;
    return [JSON.stringify([n, chosen, unread, state.lang]), () => numberButton(n, chosen, unread)];
  }));
  $("text").disabled = !number || !phone;
  $("send").disabled = $("text").disabled || !$("text").value.trim();
}

function numberButton(number, chosen, unread) {
  const button = make("button", "", number.channel === "meta" ? "Meta" : "Twilio");
  button.type = "button";
  button.dataset.id = number.address;
  button.title = number.name + " " + number.display_number;
  button.setAttribute("aria-pressed", String(chosen));
  if (unread) button.append(badge(unread));
  button.onclick = () => { choose(null, number.address); scrollDown(); };
  return button;
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

  let day = "";
  for (const message of messages) {
    const its = new Date(message.at).toLocaleDateString(LOCALES[state.lang], { day: "numeric", month: "long", year: "numeric" });
    if (its !== day) parts.push([its, () => make("div", "day", dayName(message.at, its))]);
    day = its;
    const isLast = message === messages.at(-1);
    const key = [state.lang, state.number, message.id, message.state, message.answered, isLast && message.choices.length];
    parts.push([JSON.stringify(key), () => bubble(message, isLast)]);
    if (message.state === "not_taken") parts.push([JSON.stringify(["failed", ...key]), () => failed(message)]);
  }
  if (isTyping) parts.push(["typing", dots]);
  sync(thread, parts);
  if (stick) scrollDown();
}

function bubble(message, isLast) {
  const element = make("div", "bubble " + (message.from_customer ? "mine" : "theirs"));
  if (message.type !== "text" && message.type !== "interactive" && message.type !== "button") element.append(make("div", "kind", t("kind", message.type)));
  if (message.text) {
    const text = make("p", "", message.text);
    text.dir = "auto";
    element.append(text);
  }
  if (message.choices.length) {
    const choices = make("div", "choices");
    for (const choice of message.choices) {
      const button = make("button", "", choice.title);
      button.type = "button";
      button.dir = "auto";
      button.disabled = !isLast;
      button.onclick = () => post("tap", { phone: state.phone, to: state.number, choice, replies_to: message.id }).catch(() => connected(false));
      choices.append(button);
    }
    element.append(choices);
  }
  const foot = make("div", "foot");
  foot.append(make("time", "", clock(message.at)));
  if (message.from_customer && message.state !== "not_taken") foot.append(ticks(message.state));
  element.append(foot);
  return element;
}

function failed(message) {
  const element = make("div", "failed", message.answered ? t("refused", message.answered) : t("silent"));
  const button = make("button", "", t("retry"));
  button.type = "button";
  button.onclick = () => { button.disabled = true; post("retry", { phone: state.phone, to: state.number, id: message.id }).catch(load); };
  element.append(" ", button);
  return element;
}

function empty() {
  const box = make("div", "empty");
  if (!state.loaded) { box.append(make("p", "", $("banner").hidden ? t("loading") : t("lost"))); return box; }
  const number = state.numbers.find((n) => n.address === state.number);
  if (!number) { box.append(make("p", "", t("noNumber"))); return box; }
  const title = make("strong", "", t("emptyTitle", number.name));
  title.dir = "auto";
  const chips = make("div", "chips");
  for (const text of FIRST_MESSAGES) {
    const chip = make("button", "", text);
    chip.type = "button";
    chip.dir = "auto";
    chip.onclick = () => say(text);
    chips.append(chip);
  }
  box.append(title, make("p", "", t("emptyHint")), chips);
  return box;
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

function dots() {
  const element = make("div", "bubble theirs");
  const box = make("span", "dots");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", t("typing"));
  box.append(make("i"), make("i"), make("i"));
  element.append(box);
  return element;
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
const clock = (at) => new Date(at).toLocaleTimeString(LOCALES[state.lang], { hour: "2-digit", minute: "2-digit" });
const dayName = (at, name) => new Date(at).toDateString() === new Date().toDateString() ? t("today") : name;
// Keeps the plus of a phone number in front of it inside Arabic text.
const ltr = (text) => "\u2066" + text + "\u2069";

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
  fit();
}

// --- start ------------------------------------------------------------------------------------------------------------

const wantedLanguage = new URLSearchParams(location.hash.slice(1)).get("lang") ?? navigator.language.slice(0, 2);
speak(wantedLanguage);
for (const button of document.querySelectorAll("[data-lang]")) {
  button.onclick = () => { speak(button.dataset.lang); choose(); };
}
$("composer").onsubmit = (e) => {
  e.preventDefault();
  const text = $("text").value;
  $("text").value = "";
  fit();
  say(text);
  scrollDown();
};
$("text").oninput = fit;
$("text").onkeydown = (e) => {
  if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); $("composer").requestSubmit(); }
};
$("back").onclick = () => { document.body.dataset.view = "list"; };
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
drawThread();
follow();
load();
