import { checkAxe, expect, fitsWidth, look, open, shot, test, type Language } from './support/desk.ts'

const words: Record<Language, { title: string; wrong: RegExp; dir: string; nav: string; palette: RegExp; keys: RegExp }> = {
  fr: { title: 'Connexion', wrong: /adresse e-mail ou le mot de passe est faux/, dir: 'ltr', nav: 'Navigation principale', palette: /Chercher ou aller à/, keys: /Raccourcis clavier/ },
  en: { title: 'Sign in', wrong: /e-mail address or the password is wrong/, dir: 'ltr', nav: 'Main navigation', palette: /Search or go to/, keys: /Keyboard shortcuts/ },
  ar: { title: 'تسجيل الدخول', wrong: /غير صحيحة/, dir: 'rtl', nav: 'التنقل الرئيسي', palette: /ابحث أو انتقل/, keys: /اختصارات/ },
}

for (const language of ['fr', 'en', 'ar'] as const) {
  const own = words[language]

  test(`somebody signs in, finds their way by keyboard and signs out (${language})`, async ({ page, url }) => {
    await look(page, url, { language })
    await page.goto(`${url}/inbox`)
    await expect(page.getByRole('heading', { name: own.title })).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('dir', own.dir)
    await checkAxe(page)
    await page.locator('input[type=email]').fill('demo@example.com')
    await page.locator('input[name=password]').fill('wrong')
    await page.keyboard.press('Enter')
    await expect(page.getByText(own.wrong)).toBeVisible()
    await page.locator('input[name=password]').fill('demo123')
    await page.keyboard.press('Enter')
    const nav = page.getByRole('navigation', { name: own.nav })
    await expect(nav).toBeVisible()
    await shot(page, `shell-${language}`)
    await page.locator('body').press('Shift+Slash')
    await expect(page.getByRole('dialog', { name: own.keys })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+KeyK')
    await expect(page.getByPlaceholder(own.palette)).toBeVisible()
    await checkAxe(page)
    await page.keyboard.press('Escape')
  })

  test(`the shell fits a phone, in the dark (${language})`, async ({ page, url }) => {
    await open(page, url, '/', { language, phone: true, dark: true })
    await page.locator('.mantine-Burger-root').click()
    await expect(page.getByRole('navigation', { name: own.nav })).toBeVisible()
    await fitsWidth(page)
    await checkAxe(page)
    await shot(page, `shell-phone-dark-${language}`)
  })
}

test('an address that is the server\'s never gets a page', async ({ page, url }) => {
  for (const path of ['/api/nothing', '/webhooks/nothing', '/assets/nothing.js']) expect((await page.request.get(url + path)).status()).toBe(404)
  expect((await page.request.post(`${url}/api/nothing`, { data: {} })).status()).toBe(404)
  expect((await page.request.get(`${url}/dashboard/whatsapp`)).url()).toBe(`${url}/inbox`)
})

test('the connection banner comes while the server is away and goes by itself', async ({ page, server, url }) => {
  await open(page, url, '/')
  await server.kill()
  await expect(page.locator('.connection')).toBeVisible()
  await server.up()
  await expect(page.locator('.connection')).toBeHidden()
})

for (const [language, title, act, done] of [
  ['fr', 'Rien n\'est envoyé', 'Libérer les envois', 'Les messages partent de nouveau.'],
  ['ar', 'لا يُرسَل أي شيء', 'السماح بالإرسال', 'الرسائل تُرسَل من جديد.'],
] as const) {
  test(`after a restore every page says that nothing is sent, until it is released (${language})`, async ({ page, url }) => {
    let asked: unknown
    const held = { held: true, since: '2026-01-02T10:00:00Z', backup_at: '2026-01-02T03:00:00Z', waiting: 3 }
    await page.route('**/api/outbound', (route) => route.fulfill({ json: held }))
    await page.route('**/api/outbound/release', (route) => { asked = route.request().postDataJSON(); return route.fulfill({ json: { held: false, since: null, backup_at: null, waiting: null } }) })
    await open(page, url, '/inbox', { language, phone: true })
    await expect(page.getByText(title)).toBeVisible()
    await fitsWidth(page)
    await checkAxe(page)
    await page.getByRole('button', { name: act }).click()
    await page.getByRole('dialog').getByRole('button', { name: act }).click()
    await expect(page.getByText(done)).toBeVisible()
    await expect(page.getByText(title)).toBeHidden()
    expect(asked).toEqual({ waiting: 'cancel' })
  })
}
