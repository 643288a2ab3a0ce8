import { createServer, type Server as Http } from 'node:http'
import type { AddressInfo } from 'node:net'
import { checkAxe, expect, fitsWidth, open, Phone, shot, test, type Language } from './support/desk.ts'

/** A system of the business on this computer, which the demo may post to. */
class Hook {
  status = 204
  readonly got: { id: string; signature: string; body: any }[] = []
  private constructor(private readonly http: Http) {}

  static async start(): Promise<Hook> {
    const http = createServer()
    const hook = new Hook(http)
    http.on('request', (request, response) => {
      let body = ''
      request.on('data', (part) => { body += part })
      request.on('end', () => {
        hook.got.push({ id: String(request.headers['webhook-id']), signature: String(request.headers['webhook-signature']), body: JSON.parse(body) })
        response.writeHead(hook.status).end(hook.status === 204 ? undefined : 'not now')
      })
    })
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
    return hook
  }

  get url() {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}/hooks`
  }

  stop() {
    this.http.closeAllConnections()
    this.http.close()
  }
}

const words: Record<Language, { add: string; address: string; save: string; kept: string; log: string; test: string; replay: string; taken: RegExp; remove: string; received: string }> = {
  fr: { add: 'Ajouter un webhook', address: 'Adresse', save: 'Enregistrer', kept: 'Je l\'ai copié', log: 'Journal', test: 'Envoyer un essai', replay: 'Renvoyer', taken: /Pris en/, remove: 'Supprimer', received: 'Message reçu' },
  en: { add: 'Add a webhook', address: 'Address', save: 'Save', kept: 'I have copied it', log: 'Log', test: 'Post a test', replay: 'Post again', taken: /Taken in/, remove: 'Delete', received: 'Message received' },
  ar: { add: 'إضافة عنوان إشعار', address: 'العنوان', save: 'حفظ', kept: 'نسخته', log: 'السجل', test: 'إرسال تجربة', replay: 'إعادة الإرسال', taken: /استُلم خلال/, remove: 'حذف', received: 'رسالة مستلمة' },
}

for (const language of ['fr', 'en', 'ar'] as const) {
  const own = words[language]

  test(`a webhook is added, shows its secret once, is tried out and posts again (${language})`, async ({ page, url, api }) => {
    const hook = await Hook.start()
    try {
      await open(page, url, '/subscriptions', { language, phone: language === 'ar', dark: language === 'ar' })
      await page.getByRole('button', { name: own.add }).first().click()
      const drawer = page.getByRole('dialog')
      await drawer.getByRole('textbox', { name: own.address }).fill('http://10.0.0.1/')
      await drawer.getByRole('button', { name: own.save }).click()
      await expect(drawer.getByRole('textbox', { name: own.address })).toHaveAttribute('aria-invalid', 'true')
      await checkAxe(page)
      await shot(page, `subscription-new-${language}`)
      await drawer.getByRole('textbox', { name: own.address }).fill(hook.url)
      await drawer.getByRole('button', { name: own.save }).click()
      await expect(page.locator('input[value^="whsec_"]')).toBeVisible()
      await checkAxe(page)
      await page.getByRole('button', { name: own.kept }).click()
      await expect(page.locator('input[value^="whsec_"]')).toHaveCount(0)

      const phone = await Phone.of(url, 'Lina')
      await phone.say('Bonjour')
      await expect.poll(() => hook.got.map((one) => one.body.type)).toContain('message.received')
      expect(hook.got[0]!.signature).toMatch(/^v1,/)
      await page.getByRole('button', { name: hook.url }).click()
      await page.getByRole('button', { name: own.test }).click()
      await expect(page.getByRole('status').getByText(own.taken)).toBeVisible()
      const log = page.getByRole('list', { name: own.log })
      const received = log.getByRole('listitem').filter({ hasText: own.received })
      await expect(received).toHaveCount(1)
      await received.getByRole('button', { name: own.replay }).click()
      await expect.poll(() => hook.got.filter((one) => one.body.type === 'message.received').map((one) => one.id)).toHaveLength(2)
      expect(new Set(hook.got.filter((one) => one.body.type === 'message.received').map((one) => one.id)).size).toBe(1)
      await checkAxe(page)
      await fitsWidth(page)
      await shot(page, `subscription-log-${language}`)

      hook.status = 500
      await page.getByRole('button', { name: own.test }).click()
      await expect(page.getByRole('status').getByText('not now')).toBeVisible()
      await page.getByRole('dialog').getByRole('button', { name: own.remove }).click()
      await page.getByRole('dialog').last().getByRole('button', { name: own.remove }).click()
      await expect(page.getByRole('button', { name: hook.url })).toHaveCount(0)
      expect((await api.call('GET', '/api/subscriptions')).items).toEqual([])
    } finally {
      for (const one of (await api.call('GET', '/api/subscriptions')).items) await api.call('DELETE', `/api/subscriptions/${one.id}`)
      hook.stop()
    }
  })
}
