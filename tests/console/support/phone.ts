/** Addresses of the demo's numbers at the simulator: Meta's phone number id, Twilio's number. */
export const numbers = { meta: '100000000000001', twilio: '+33100000002' }

let made = 0

/** A customer of the simulator: what they write goes to the server as the provider would bring it. */
export class Phone {
  private constructor(private readonly url: string, readonly number: string, readonly name: string, readonly to: string) {}

  /** A customer nobody has heard of, so that journeys do not meet. */
  static async of(url: string, name: string, to: string = numbers.meta): Promise<Phone> {
    const number = `+3361${String(process.pid % 1000).padStart(3, '0')}${String(++made).padStart(4, '0')}`
    const phone = new Phone(url, number, name, to)
    await phone.call('phones', { number, name })
    return phone
  }

  say = (text: string) => this.call('say', { phone: this.number, to: this.to, text })

  /** Any kind of message: see SendOfCustomer (src/Relais/Simulator/ControlSends.cs). */
  send = (message: Record<string, unknown>) => this.call('send', { phone: this.number, to: this.to, ...message })

  tap = (choice: { id: string; title: string }, repliesTo?: string) => this.call('tap', { phone: this.number, to: this.to, choice, repliesTo })

  /** Bubbles of the chat, oldest first. */
  async bubbles(): Promise<{ mine: boolean; text: string; [more: string]: unknown }[]> {
    const state = await fetch(`${this.url}/simulator/api/state`).then((r) => r.json())
    const phone = state.phones.find((p: { number: string }) => p.number === this.number)
    return phone?.chats.find((c: { number: string }) => c.number === this.to)?.messages ?? []
  }

  /** Waits until the business has said something that holds the words. */
  async hears(words: string | RegExp, seconds = 20) {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((r) => setTimeout(r, 150))) {
      const found = (await this.bubbles()).find((bubble) => {
        const text = JSON.stringify(bubble)
        return typeof words === 'string' ? text.includes(JSON.stringify(words).slice(1, -1)) : words.test(text)
      })
      if (found) return found
    }
    throw new Error(`${this.name} did not hear ${words}: ${JSON.stringify(await this.bubbles())}`)
  }

  private async call(what: string, body: unknown) {
    const response = await fetch(`${this.url}/simulator/api/${what}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${what}: ${response.status} ${await response.text()}`)
    return response.json()
  }
}
