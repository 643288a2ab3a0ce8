import { checkAxe, expect, fitsWidth, open, Phone, shot, test, type Language } from './support/desk.ts'

/** The list beside the thread has a journey of its own. */
const list = ['.inbox-list']

const words: Record<Language, { take: string; mine: string; back: string; bot: RegExp }> = {
  fr: { take: 'Prendre le relais', mine: 'Vous répondez, l\'assistant se tait', back: 'Rendre à l\'assistant', bot: /L'assistant répond/ },
  en: { take: 'Take over', mine: 'You are answering, the assistant is silent', back: 'Give back', bot: /The assistant answers/ },
  ar: { take: 'تولّي المحادثة', mine: 'أنت تردّ والمساعد صامت', back: 'إعادة إلى المساعد', bot: /المساعد يردّ/ },
}

for (const language of ['fr', 'en', 'ar'] as const) {
  const own = words[language]

  test(`somebody takes over with one key and gives back (${language})`, async ({ page, url, api }) => {
    const phone = await Phone.of(url, 'Karim')
    await phone.say('Bonjour')
    const { id } = await api.conversationOf(phone)
    await open(page, url, `/inbox/${id}`, { language, phone: language !== 'fr', dark: language === 'ar' })
    const bar = page.locator('.take-over')
    await expect(bar).toContainText(own.bot)
    await checkAxe(page, list)
    await page.locator('body').press('KeyT')
    await expect(bar).toContainText(own.mine)
    await checkAxe(page, list)
    await fitsWidth(page)
    await shot(page, `take-over-${language}`)
    expect((await api.call('GET', `/api/conversations/${id}`)).agent_id).toBeGreaterThan(0)
    await bar.getByRole('button', { name: own.back, exact: true }).click()
    await expect(bar).toContainText(own.bot)
    expect((await api.call('GET', `/api/conversations/${id}`)).assignee).toBe('ai_agent')
  })
}

test('it is given back later, put aside, closed in silence and opened again', async ({ page, url, api }) => {
  const phone = await Phone.of(url, 'Mehdi')
  await phone.say('Bonjour')
  const { id } = await api.conversationOf(phone)
  await open(page, url, `/inbox/${id}`)
  const bar = page.locator('.take-over')
  await bar.getByRole('button', { name: words.fr.take }).click()
  await bar.getByRole('button', { name: 'Rendre plus tard' }).click()
  await page.getByRole('menuitem', { name: 'À la fermeture' }).click()
  await expect(bar).toContainText('Rendue à l\'assistant à la fermeture')
  await page.locator('body').press('KeyZ')
  await page.getByRole('menuitem', { name: /Demain matin/ }).click()
  await expect(bar).toContainText('Mise de côté jusqu\'au')
  await bar.getByRole('button', { name: 'Reprendre maintenant' }).click()
  const heard = (await phone.bubbles()).length
  await page.locator('body').press('KeyE')
  await page.getByRole('menuitem', { name: 'Sans message' }).click()
  await expect(bar).toContainText('Conversation terminée')
  expect((await phone.bubbles()).length).toBe(heard)
  await shot(page, 'take-over-closed')
  await bar.getByRole('button', { name: 'Rouvrir' }).click()
  await expect(bar).toContainText(words.fr.mine)
})
