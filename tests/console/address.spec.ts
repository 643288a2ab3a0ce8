import { Configured, owner } from './support/configured.ts'
import { checkAxe, expect, fitsWidth, open, shot, test, type Language } from './support/desk.ts'

const words: Record<Language, { title: string; none: string; field: string; change: string; entered: string; meta: string; back: string }> = {
  fr: { title: 'Adresse publique', none: 'Pas d\'adresse publique', field: 'Nouvelle adresse', change: 'Changer', entered: 'En service, saisie ici', meta: 'Meta : URL de rappel', back: 'Revenir au réglage du serveur' },
  en: { title: 'Public address', none: 'No public address', field: 'New address', change: 'Change', entered: 'In use, entered here', meta: 'Meta: callback URL', back: 'Back to the server\'s setting' },
  ar: { title: 'العنوان العام', none: 'لا عنوان عام', field: 'عنوان جديد', change: 'تغيير', entered: 'المستخدم، أُدخل هنا', meta: 'عنوان الاستدعاء', back: 'العودة إلى إعداد الخادم' },
}

test.describe('the public address', () => {
  let server: Configured
  test.beforeAll(async () => { server = await Configured.start() })
  test.afterAll(() => server.stop())

  for (const language of ['fr', 'en', 'ar'] as const) {
    test(`is entered, holds at once, is shown ready to paste and is taken back (${language})`, async ({ page }) => {
      const own = words[language]
      await open(page, server.url, '/inboxes', { ...owner, language, phone: language === 'ar', dark: language === 'ar' })
      const card = page.getByRole('region', { name: own.title })
      await expect(card.getByText(own.none)).toBeVisible()
      await card.getByLabel(own.field).fill('https://relais.example.com/path')
      await card.getByRole('button', { name: own.change, exact: true }).click()
      await expect(card.getByText(/url is https/)).toBeVisible()
      await card.getByLabel(own.field).fill('https://Relais.example.com/')
      await card.getByRole('button', { name: own.change, exact: true }).click()
      await expect(card.getByText(own.entered)).toBeVisible()
      await expect(card.getByRole('textbox', { name: own.meta })).toHaveValue('https://relais.example.com/api/whatsapp/webhook')
      await fitsWidth(page)
      await checkAxe(page)
      await shot(page, `address-${language}`)

      // Whoever mistyped it is still signed in on this computer, also after a reload.
      await page.reload()
      await expect(card.getByText(own.entered)).toBeVisible()
      await card.getByRole('button', { name: own.back }).click()
      await page.getByRole('dialog').getByRole('button', { name: own.back }).click()
      await expect(card.getByText(own.none)).toBeVisible()
    })
  }
})
