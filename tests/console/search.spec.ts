import { checkAxe, expect, fitsWidth, open, Phone, shot, test, type Language } from './support/desk.ts'

const words: Record<Language, { field: string; messages: string; nothing: RegExp }> = {
  fr: { field: 'Chercher partout', messages: 'Messages', nothing: /Rien pour/ },
  en: { field: 'Search everywhere', messages: 'Messages', nothing: /Nothing for/ },
  ar: { field: 'البحث في كل شيء', messages: 'الرسائل', nothing: /لا شيء عن/ },
}

for (const language of ['fr', 'en', 'ar'] as const) {
  const own = words[language]

  test(`one word finds what was said, and coming back finds the place (${language})`, async ({ page, url, api }) => {
    const word = `zelligé${language}`
    const customers = await Promise.all([1, 2, 3].map((n) => Phone.of(url, `Salma ${n} ${language}`)))
    for (const customer of customers) for (let n = 0; n < 8; n++) await customer.say(`Avez-vous du <i>${word}</i> numéro ${n} en bleu ?`)
    await expect.poll(async () => (await api.call('GET', `/api/search?q=${encodeURIComponent(word)}&kinds=messages`)).items.length, { timeout: 40_000 }).toBeGreaterThan(9)

    await open(page, url, '/search', { language })
    const field = page.getByRole('searchbox', { name: own.field })
    // Without the accent.
    await field.fill(`zellige${language}`)
    const hits = page.locator('.search-hit')
    await expect(hits.first()).toBeVisible()
    await expect(page.locator('mark').first()).toHaveText(word)
    await expect(hits.first()).toContainText(`<i>${word}</i>`)
    await expect(page).toHaveURL(new RegExp(`q=zellige${language}`))
    await checkAxe(page)
    await shot(page, `search-${language}`)

    await page.getByText(own.messages, { exact: true }).click()
    await expect(page).toHaveURL(/kinds=messages/)
    await expect.poll(() => hits.count()).toBeGreaterThanOrEqual(24)
    const target = hits.nth(20)
    let before = 0
    // The hits of all kinds make way for those of one: what was scrolled before that is at the top again.
    await expect(async () => {
      await target.scrollIntoViewIfNeeded()
      before = await page.locator('#main').evaluate((main) => main.scrollTop)
      expect(before).toBeGreaterThan(100)
    }).toPass()
    await target.click()
    await expect(page).toHaveURL(/\/inbox\/\d+\?at=\d+/)
    await page.goBack()
    await expect(hits.nth(20)).toBeInViewport()
    expect(Math.abs(await page.locator('#main').evaluate((main) => main.scrollTop) - before)).toBeLessThan(60)

    await field.fill('xyzzyx')
    await expect(page.getByText(own.nothing).first()).toBeVisible()
  })

  test(`search fits a phone, in the dark (${language})`, async ({ page, url }) => {
    await open(page, url, '/search?q=commande', { language, phone: true, dark: true })
    await expect(page.getByRole('searchbox', { name: own.field })).toHaveValue('commande')
    await fitsWidth(page)
    await checkAxe(page)
    await shot(page, `search-phone-dark-${language}`)
  })
}
