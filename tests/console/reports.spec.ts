import { readFileSync } from 'node:fs'
import { checkAxe, expect, fitsWidth, open, Phone, shot, test, type Language } from './support/desk.ts'

const words: Record<Language, { title: string; received: string; panel: string; hours: string; table: string; reasons: string; asked: string; csv: RegExp }> = {
  fr: { title: 'Statistiques', received: 'Messages reçus', panel: 'Messages par auteur', hours: 'Heures de pointe', table: 'Tableau', reasons: 'Raisons de passage', asked: 'Le client a demandé une personne', csv: /Télécharger « Raisons de passage »/ },
  en: { title: 'Reports', received: 'Messages received', panel: 'Messages by author', hours: 'Busiest hours', table: 'Table', reasons: 'Hand-off reasons', asked: 'The customer asked for a person', csv: /Download “Hand-off reasons”/ },
  ar: { title: 'الإحصاءات', received: 'الرسائل الواردة', panel: 'الرسائل حسب الكاتب', hours: 'ساعات الذروة', table: 'جدول', reasons: 'أسباب التحويل', asked: 'طلب العميل شخصًا', csv: /تنزيل «أسباب التحويل»/ },
}

for (const language of ['fr', 'en', 'ar'] as const) {
  const own = words[language]

  test(`a figure, a bar and a row lead to the conversations behind them (${language})`, async ({ page, url, api }) => {
    const noor = await Phone.of(url, `Noor ${language}`)
    await noor.say('Je veux parler à une personne')
    const { id } = await api.conversationOf(noor)
    // Figures follow a moment behind what happens.
    await expect.poll(async () => (await api.call('GET', '/api/reports/handoff_reasons?range=today')).rows.length, { timeout: 30_000 }).toBeGreaterThan(0)
    await expect.poll(async () => (await api.call('GET', '/api/reports/conversations?range=today&metric=messages_received')).items.map((one: { id: number }) => one.id), { timeout: 30_000 }).toContain(id)

    await open(page, url, '/reports?range=today', { language })
    await expect(page.getByRole('heading', { name: own.title, level: 1 })).toBeVisible()
    const panel = page.getByRole('region', { name: own.panel })
    const bars = panel.locator('.recharts-bar-rectangle path')
    await expect(bars.first()).toBeVisible()
    await checkAxe(page)
    await shot(page, `reports-${language}`)

    // The axis stands where one begins to read.
    const [axis, plot] = [await panel.locator('.recharts-yAxis').first().boundingBox(), await panel.locator('.recharts-cartesian-grid').boundingBox()]
    expect(axis!.x > plot!.x + plot!.width / 2).toBe(language === 'ar')

    await bars.last().click()
    await expect(page).toHaveURL(/\/reports\/conversations\?.*at=/)
    await page.goBack()
    await page.locator('.report-card[data-metric=messages_received]').click()
    await expect(page.getByRole('heading', { name: own.received, level: 1 })).toBeVisible()
    await checkAxe(page)
    await page.getByRole('link', { name: new RegExp(noor.name) }).click()
    await expect(page).toHaveURL(`${url}/inbox/${id}`)
    await page.goBack()
    await page.goBack()

    // The same figures as a table, and the hours of the week.
    await panel.getByText(own.table).click()
    await expect(panel.getByRole('table')).toBeVisible()
    await panel.getByRole('table').getByRole('link').last().click()
    await expect(page).toHaveURL(/\/reports\/conversations\?.*at=/)
    await page.goBack()
    await expect(page.getByRole('region', { name: own.hours }).first().getByRole('table')).toBeVisible()

    await page.getByRole('tab', { name: own.reasons }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: own.csv }).click()
    const file = readFileSync(await (await download).path(), 'utf8')
    expect(file.startsWith('\uFEFFreason,handoffs,conversations,share\r\n')).toBe(true)
    expect(file).toContain('customer_asked,')
    await page.getByRole('link', { name: own.asked }).click()
    await expect(page.getByRole('link', { name: new RegExp(noor.name) })).toBeVisible()
  })

  test(`reports fit a phone, in the dark (${language})`, async ({ page, url }) => {
    await open(page, url, '/reports', { language, phone: true, dark: true })
    await expect(page.getByRole('region', { name: own.panel })).toBeVisible()
    await expect(page.getByRole('region', { name: own.hours }).first().getByRole('table')).toBeVisible()
    await fitsWidth(page)
    await checkAxe(page)
    await shot(page, `reports-phone-dark-${language}`)
  })
}
