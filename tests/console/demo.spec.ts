import { checkAxe, expect, fitsWidth, open, shot, test, type Language } from './support/desk.ts'

const words: Record<Language, { phone: string; desk: string; frame: string }> = {
  fr: { phone: 'Téléphone du client', desk: 'Votre bureau', frame: 'Téléphone de test d\'un client' },
  en: { phone: 'Customer\'s phone', desk: 'Your desk', frame: 'A customer\'s test phone' },
  ar: { phone: 'هاتف العميل', desk: 'مكتبك', frame: 'هاتف تجريبي لعميل' },
}

for (const language of ['fr', 'en', 'ar'] as const) {
  const own = words[language]

  test(`a demo shows both sides of a conversation on one screen (${language})`, async ({ page, url }) => {
    await open(page, url, '/demo', { language })
    const phone = page.frameLocator(`iframe[title="${own.frame}"]`)
    const desk = page.getByRole('region', { name: own.desk, exact: true })
    // The phone speaks the desk's language and leaves the title and the languages to it.
    await expect(phone.locator('html')).toHaveAttribute('lang', language)
    await expect(phone.locator('.languages')).toBeHidden()
    const said = `Je veux parler à une personne (${language})`
    await phone.locator('#text').fill(said)
    await phone.locator('#text').press('Enter')
    await expect(phone.locator('.bubble.mine').last()).toContainText(said)
    await expect(desk.getByText(said).first()).toBeVisible()
    await checkAxe(page)
    await shot(page, `demo-${language}`)

    // Another customer takes the phone: the desk goes along.
    await phone.locator('#back').click()
    await phone.locator('.person').nth(1).click()
    await expect(desk.getByText(said)).toBeHidden()
  })

  test(`the demo fits a phone: one side at a time, in the dark (${language})`, async ({ page, url }) => {
    await open(page, url, '/demo', { language, phone: true, dark: true })
    const phone = page.frameLocator(`iframe[title="${own.frame}"]`)
    await expect(phone.locator('html')).toHaveAttribute('data-scheme', 'dark')
    await expect(phone.locator('#composer')).toBeVisible()
    await fitsWidth(page)
    await checkAxe(page)
    await shot(page, `demo-phone-dark-${language}`)
    await page.getByText(own.desk, { exact: true }).click()
    await expect(page.getByRole('region', { name: own.desk, exact: true })).toBeVisible()
    await fitsWidth(page)
    await checkAxe(page)
  })
}
