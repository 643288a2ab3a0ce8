// What the page knows, and the server it knows it from: reads /simulator/api/state, follows /simulator/api/events, and writes
// through the same API that tests use.
"use strict";

export const state = { phones: new Map(), numbers: [], templates: [], now: null, phone: null, number: null, loaded: false, lang: "fr", quoting: null };
export const typing = new Map();
export const current = () => state.phones.get(state.phone)?.chats.get(state.number);
export const number = () => state.numbers.find((n) => n.address === state.number);

let draw = () => { };
let connected = () => { };
export function onChange(drawing, connecting) { draw = drawing; connected = connecting; }

export async function post(path, body) {
  const response = await fetch("/simulator/api/" + path, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

export const send = (type, more = {}) => post("send", { phone: state.phone, to: state.number, type, ...more });

export async function upload(file) {
  const query = new URLSearchParams({ to: state.number, name: file.name });
  const response = await fetch("/simulator/api/files?" + query, {
    method: "PUT", headers: { "Content-Type": file.type || "application/octet-stream" }, body: file,
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

let reading = null;
export function load() {
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

// An answer that is on its way may be older than this event and would wipe it out: it is read once more.
function overtake() { if (reading) reading.again = true; }

function take(answer) {
  state.numbers = answer.numbers;
  state.templates = answer.templates;
  // The simulator's clock may have been moved; the page reckons with the difference.
  state.shift = new Date(answer.now) - Date.now();
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

export const now = () => new Date(Date.now() + (state.shift ?? 0));

export function follow() {
  const events = new EventSource("/simulator/api/events");
  events.addEventListener("changed", load);
  events.addEventListener("bubble", (e) => {
    overtake();
    const { phone, number: address, unread, message } = JSON.parse(e.data);
    const owner = state.phones.get(phone);
    if (!owner) { load(); return; }
    if (!owner.chats.has(address)) owner.chats.set(address, { number: address, unread: 0, messages: [] });
    const chat = owner.chats.get(address);
    const at = chat.messages.findIndex((m) => m.id === message.id);
    if (at < 0) chat.messages.push(message); else chat.messages[at] = message;
    if (chat.messages.length > 200) chat.messages.shift();
    chat.unread = unread;
    if (message.from_customer) chat.window_until = new Date(new Date(message.at).getTime() + 86400000).toISOString();
    else hideTyping(phone, address);
    draw();
  });
  events.addEventListener("typing", (e) => { overtake(); const { phone, number: address } = JSON.parse(e.data); showTyping(phone, address); draw(); });
  events.onerror = () => connected(false);
}

function showTyping(phone, address) {
  hideTyping(phone, address);
  typing.set(phone + " " + address, setTimeout(() => { typing.delete(phone + " " + address); draw(); }, 25000));
}

function hideTyping(phone, address) {
  clearTimeout(typing.get(phone + " " + address));
  typing.delete(phone + " " + address);
}

// Seen on a visible page counts as read; a phone in the pocket does not.
export function markRead() {
  const chat = current();
  const visible = document.visibilityState === "visible" && (document.body.dataset.view === "chat" || !matchMedia("(max-width: 56rem)").matches);
  if (chat?.unread && visible) {
    chat.unread = 0;
    post("read", { phone: state.phone, to: state.number }).catch(() => { });
  }
}
