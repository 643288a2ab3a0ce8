import { checkAxe, expect, fitsWidth, look, open, Phone, shot, test, type Language } from './support/desk.ts'

const words: Record<Language, { title: string; mine: RegExp; all: RegExp; ai: string; nobody: string }> = {
  fr: { title: 'Messagerie', mine: /Les miennes/, all: /Toutes/, ai: 'IA', nobody: 'Personne' },
  en: { title: 'Inbox', mine: /Mine/, all: /All/, ai: 'AI', nobody: 'Nobody yet' },
  ar: { title: 'صندوق الوارد', mine: /محادثاتي/, all: /الكل/, ai: 'ذكاء اصطناعي', nobody: 'لا أحد بعد' },
}

for (const language of ['fr', 'en', 'ar'] as const) {
  test(`conversations come and move by themselves, and are gone through by keyboard (${language})`, async ({ page, url }) => {
    const own = words[language]
    const [emma, lucas] = [await Phone.of(url, `Emma ${language}`), await Phone.of(url, `Lucas ${language}`)]
    await emma.say('Hello, what are your opening hours?')
    await emma.hears('Monday', 90)
    await open(page, url, '/inbox?view=all', { language })
    await expect(page.getByRole('heading', { name: own.title, level: 1 })).toBeVisible()
    const row = (phone: Phone) => page.locator('.row', { hasText: phone.name })
    await expect(row(emma)).toHaveCount(1)
    await expect(row(emma).locator('[data-owner=ai_agent]')).toHaveText(own.ai)
    await expect(row(emma).locator('.row-unread')).toBeVisible()
    await expect(row(lucas)).toHaveCount(0)

    // What is written now is there without asking, on top, and stays one row.
    await lucas.say('Je veux parler à un humain')
    await expect(row(lucas)).toHaveCount(1)
    await expect(row(lucas).locator('[data-owner=nobody]')).toHaveText(own.nobody)
    await expect(page.locator('.inbox-rows li').first()).toContainText(lucas.name)
    await emma.say('And on Sunday?')
    await expect(page.locator('.inbox-rows li').filter({ hasText: emma.name })).toHaveAttribute('aria-posinset', '1')
    await expect(row(emma)).toHaveCount(1)
    await checkAxe(page)

    // J opens the first, J the next, K goes back; what was open once is there at once.
    await page.keyboard.press('j')
    await expect(page.locator('.row.open')).toHaveCount(1)
    await expect(page.locator('.thread-head h2')).toHaveText(emma.name)
    await expect(page.locator('[data-author=ai]').first()).toBeVisible()
    await page.keyboard.press('j')
    await expect(page.locator('.thread-head h2')).toHaveText(lucas.name)
    await page.keyboard.press('k')
    await expect(page.locator('.thread-head h2')).toHaveText(emma.name)
    await expect(page.locator('.msg').first()).toBeVisible({ timeout: 500 })
    // Seen by a person: no longer unread.
    await expect(row(emma).locator('.row-unread')).toHaveCount(0)
    await checkAxe(page)
    await shot(page, `inbox-${language}`)

    // A filter stands in the address; the palette has the page's keys.
    await page.locator('.inbox-list input[type=search]').fill(lucas.number)
    await expect(row(emma)).toHaveCount(0)
    await expect(row(lucas)).toHaveCount(1)
    await expect(page).toHaveURL(/q=/)
    await page.reload()
    await expect(row(lucas)).toHaveCount(1)
    await expect(row(emma)).toHaveCount(0)
  })

  test(`one pane at a time on a telephone, in the dark (${language})`, async ({ page, url }) => {
    const omar = await Phone.of(url, `عمر ${language}`)
    await omar.say('السلام عليكم')
    await omar.hears('👋', 90)
    await open(page, url, '/inbox?view=all', { language, dark: true, phone: true })
    await fitsWidth(page)
    await checkAxe(page)
    await page.locator('.row', { hasText: omar.name }).locator('.row-link').click()
    await expect(page.locator('.msg.by-customer')).toBeVisible()
    await expect(page.locator('.inbox-list')).toHaveCount(0)
    await fitsWidth(page)
    await checkAxe(page)
    await shot(page, `inbox-phone-${language}`)
    await page.locator('.thread-head button').first().click()
    await expect(page.locator('.inbox-list')).toBeVisible()
  })
}

test('thousands of messages load as one scrolls, without a jump, and a link leads to one of them', async ({ page, url, api }) => {
  const chatty = await Phone.of(url, 'Bavarde')
  await chatty.say('Je veux parler à un humain')
  const { id } = await api.conversationOf(chatty)
  for (let i = 1; i <= 180; i++) await chatty.say(`Ligne ${i}${i % 7 === 0 ? ' et encore beaucoup de mots pour que la hauteur varie'.repeat(i % 5) : ''}`)
  await expect.poll(async () => (await api.call('GET', `/api/conversations/${id}/messages?limit=1`)).items[0].content, { timeout: 60_000 }).toContain('Ligne 180')
  await look(page, url)
  await open(page, url, `/inbox/${id}?view=all`)
  const thread = page.locator('.thread-scroll')
  await expect(thread.getByText('Ligne 180', { exact: true })).toBeVisible()
  const shown = () => thread.evaluate((element) => {
    const top = element.getBoundingClientRect().top
    const first = [...element.querySelectorAll<HTMLElement>('.msg')].find((msg) => msg.getBoundingClientRect().top >= top)
    return first ? { seq: Number(first.dataset.seq), at: Math.round(first.getBoundingClientRect().top - top) } : null
  })
  // Up to where older ones are fetched: what is in view stays where it is.
  await thread.evaluate((element) => { element.scrollTop = 200 })
  const before = await shown()
  await expect.poll(() => thread.evaluate((element) => element.scrollTop)).toBeGreaterThan(1000)
  const after = await thread.evaluate((element, seq) => {
    const one = element.querySelector<HTMLElement>(`[data-seq="${seq}"]`)
    return one ? Math.round(one.getBoundingClientRect().top - element.getBoundingClientRect().top) : null
  }, before!.seq)
  expect(Math.abs(after! - before!.at)).toBeLessThanOrEqual(24)
  // All the way up: the first message is there once.
  await expect.poll(async () => {
    await thread.evaluate((element) => { element.scrollTop = 0 })
    return page.locator('.msg', { hasText: 'Je veux parler à un humain' }).count()
  }).toBe(1)
  // New messages do not pull down who reads above; the button leads there.
  await chatty.say('La toute dernière')
  await page.locator('.to-end').click()
  await expect(thread.getByText('La toute dernière')).toBeVisible()
  // A link from the search opens the thread at the message, though it is far up.
  await page.goto(`${url}/inbox/${id}?view=all&at=40`)
  await expect(page.locator('.msg.flash[data-seq="40"]')).toBeVisible()
  await expect(page.locator('[data-seq="40"]')).toBeInViewport()
})
