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
