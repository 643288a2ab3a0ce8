/** What shops and customers write most, by kind. */
export const emoji: Record<string, string> = {
  faces: '😀 😃 😄 😁 😆 😅 😂 🤣 😊 😇 🙂 🙃 😉 😌 😍 🥰 😘 😋 😛 😜 🤪 🤗 🤭 🤫 🤔 🤐 😐 😏 😒 🙄 😬 😴 😷 🤒 🤕 🥳 😎 🤓 😕 😟 🙁 😮 😲 😳 🥺 😢 😭 😱 😞 😓 😩 😤 😠 😡',
  hands: '👍 👎 👌 ✌️ 🤞 🤙 👋 🖐️ ✋ 👏 🙌 🤝 🙏 💪 👉 👈 👆 👇 ☝️ ✍️ 🤲 💁‍♀️ 💁‍♂️ 🙋‍♀️ 🙋‍♂️ 🤷‍♀️ 🤷‍♂️ 🙆‍♀️ 🙆‍♂️ 👀 👤 👥',
  hearts: '❤️ 🧡 💛 💚 💙 💜 🖤 🤍 🤎 💔 💕 💖 💝 💐 🌹 🌸 🌷 🌻 🌙 ⭐ ✨ 🔥 💯 🎉 🎊 🎁 🎂 🕌 🕋 ☪️',
  shop: '🛍️ 🛒 💳 💵 💶 🧾 🏷️ 📦 📮 🚚 🚛 🛵 ✈️ 🏪 🏬 🏠 📍 🗺️ 👗 👚 👕 👖 👟 👠 👜 👓 ⌚ 💍 💄 🧕 📱 💻 🎧 📷 🔋 🪑 🛏️ 🍽️ 🧴 🧸',
  food: '☕ 🍵 🥤 🍞 🥐 🧀 🥚 🍳 🥗 🍲 🍕 🍔 🌮 🍟 🍗 🐟 🍚 🍝 🍰 🧁 🍪 🍫 🍯 🍎 🍌 🍊 🍇 🍓 🌴 🫒',
  signs: '✅ ☑️ ❌ ❗ ❓ ⚠️ ⛔ 🚫 ℹ️ 🔔 🔕 🔒 🔑 🔗 📎 📌 📞 ☎️ 📧 💬 🗓️ 📅 ⏰ ⏳ 🕐 ➡️ ⬅️ ⬆️ ⬇️ 🔄 1️⃣ 2️⃣ 3️⃣ 4️⃣ 5️⃣ 🆗 🆕 🆓 🔝',
}

const STORE = 'relais-emoji'

export function recentEmoji(): string[] {
  try {
    return (JSON.parse(localStorage.getItem(STORE) ?? '[]') as string[]).slice(0, 16)
  } catch {
    return []
  }
}

export function usedEmoji(one: string) {
  localStorage.setItem(STORE, JSON.stringify([one, ...recentEmoji().filter((other) => other !== one)].slice(0, 16)))
}
