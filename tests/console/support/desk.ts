import AxeBuilder from '@axe-core/playwright'
import { expect, test as base, type Page } from '@playwright/test'
import { Phone } from './phone.ts'
import { Server } from './server.ts'

export { expect, Phone, Server }
export type { Page }

export type Language = 'fr' | 'en' | 'ar'
export type Look = { language?: Language; dark?: boolean; phone?: boolean }

/** What no page may do, collected while a journey runs: errors of scripts, breaches of the policy, dialogs, requests to elsewhere. */
const complaints = new WeakMap<Page, string[]>()

/** The API as the journey's own agent, with a bearer token. */
export class Api {
  private constructor(private readonly url: string, private readonly token: string) {}

  static async of(url: string, email = 'demo@example.com', password = 'demo123'): Promise<Api> {
    const answer = await fetch(`${url}/api/auth/login`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ email, password }) })
    return new Api(url, (await answer.json()).token)
  }

  async call<T = any>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method, headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' }, body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    const text = await response.text()
    return (text ? JSON.parse(text) : undefined) as T
  }

  /** The conversation of a customer, once it is there. */
  async conversationOf(phone: Phone): Promise<any> {
    for (let tries = 0; tries < 100; tries++) {
      const found = (await this.call('GET', `/api/conversations?q=${encodeURIComponent(phone.number)}`)).items[0]
      if (found) return found
      await new Promise((r) => setTimeout(r, 100))
    }
    throw new Error(`No conversation of ${phone.name}.`)
  }
}

export async function look(page: Page, url: string, { language = 'fr', dark = false, phone = false }: Look = {}) {
  if (!complaints.has(page)) {
    const list: string[] = []
    complaints.set(page, list)
    page.on('pageerror', (error) => list.push(`error: ${error.message}`))
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) list.push(`policy: ${message.text()}`)
    })
    page.on('dialog', (dialog) => {
      list.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) list.push(`elsewhere: ${request.url()}`)
    })
  }
  await page.context().addCookies([{ name: 'relais-look', value: `${language}.${dark ? 'dark' : 'light'}`, url }])
  await page.setViewportSize(phone ? { width: 390, height: 844 } : { width: 1440, height: 900 })
}

/** Signs the page's browser in and opens an address. */
export async function open(page: Page, url: string, path = '/', options: Look & { email?: string; password?: string } = {}) {
  await look(page, url, options)
  const answer = await page.request.post(`${url}/api/auth/login`, {
    data: { email: options.email ?? 'demo@example.com', password: options.password ?? 'demo123' }, headers: { 'Sec-Fetch-Site': 'same-origin' },
  })
  expect(answer.ok()).toBe(true)
  await page.goto(url + path)
  await page.locator('nav').first().waitFor({ state: 'attached' })
}

/** axe over the page as it stands: WCAG 2.2 A and AA. */
export async function checkAxe(page: Page, exclude: string[] = []) {
  let axe = new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
  for (const selector of exclude) axe = axe.exclude(selector)
  const { violations } = await axe.analyze()
  expect(violations.map((v) => `${v.id}: ${v.nodes.slice(0, 4).map((n) => `${n.target.join(' ')} ${n.failureSummary?.split('\n')[1] ?? ''}`).join(' | ')}`)).toEqual([])
}

/** Keeps a picture with the run, in results/shots. */
export const shot = (page: Page, name: string) => page.screenshot({ path: `${import.meta.dirname}/../results/shots/${name}.png`, animations: 'disabled' })

/** Nothing of the page runs over its width. */
export async function fitsWidth(page: Page) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(1)
}

type Fixtures = { url: string; api: Api; calm: void }

export const test = base.extend<Fixtures, { server: Server }>({
  server: [async ({}, use) => {
    const server = await Server.start()
    await use(server)
    await server.stop()
  }, { scope: 'worker', timeout: 120_000 }],
  url: async ({ server }, use) => use(server.url),
  api: async ({ url }, use) => use(await Api.of(url)),
  // Every journey ends with a page that had nothing to complain of.
  calm: [async ({ page }, use) => {
    await use()
    expect(complaints.get(page) ?? []).toEqual([])
  }, { auto: true }],
})
