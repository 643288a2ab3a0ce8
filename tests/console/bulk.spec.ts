import { checkAxe, expect, fitsWidth, open, Phone, shot, test } from './support/desk.ts'

test('tabs count, filters get a name, and many conversations are settled at once', async ({ page, url, api }) => {
  const phones: Phone[] = []
  for (let i = 1; i <= 5; i++) {
    const phone = await Phone.of(url, `File ${i}`)
    phones.push(phone)
    await phone.say('Je veux parler à un humain')
  }
  for (const phone of phones) await phone.hears('équipe', 90)
  const vip = await api.call('POST', '/api/labels', { name: 'VIP', color: '#0b7285' })
  const first = await api.conversationOf(phones[0]!)
  await open(page, url, '/inbox?view=unassigned')
  const tab = (name: string) => page.locator(`[data-tab=${name}]`)
  const row = (phone: Phone) => page.locator('.row', { hasText: phone.name })
  await expect(tab('unassigned').locator('.tab-count')).toHaveText('5')
  await expect(tab('unassigned').locator('.tab-dot')).toBeVisible()
  await expect(page).toHaveTitle(/^\(5\)/)

  // A label from the thread's head; the row has it at once.
  await row(phones[0]!).locator('.row-link').click()
  await page.locator('.thread-head').getByRole('button', { name: 'Étiquettes' }).click()
  await page.getByRole('checkbox', { name: 'VIP' }).click()
  await expect(row(phones[0]!).locator('.label')).toHaveText('VIP')
  await page.keyboard.press('Escape')

  // The filter narrows to it, is kept under a name, and comes back from the palette.
  await page.getByRole('button', { name: 'Filtres' }).click()
  await page.locator('.mantine-Popover-dropdown .mantine-MultiSelect-input').click()
  await page.getByRole('option', { name: 'VIP' }).click()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.locator('.inbox-rows .row')).toHaveCount(1)
  await page.getByRole('button', { name: 'Vues enregistrées' }).click()
  await page.getByRole('menuitem', { name: 'Enregistrer ce filtre' }).click()
  await page.getByRole('textbox', { name: 'Nom' }).fill('Clients VIP')
  await checkAxe(page)
  const kept = page.waitForResponse((response) => response.url().endsWith('/api/views') && response.request().method() === 'POST')
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click()
  expect((await kept).ok()).toBe(true)
  await page.goto(`${url}/inbox?view=unassigned`)
  await expect(page.locator('.inbox-rows .row')).toHaveCount(5)
  await page.keyboard.press('Control+KeyK')
  await page.getByPlaceholder(/Chercher ou aller à/).fill('Clients VIP')
  await page.getByRole('button', { name: /^Clients VIP/ }).first().click()
  await expect(page.locator('.inbox-rows .row')).toHaveCount(1)
  await expect(page).toHaveURL(new RegExp(`label=${vip.id}`))

  // Four are chosen and closed together; they leave the tab, and the counts follow.
  await page.goto(`${url}/inbox?view=unassigned`)
  for (const phone of phones.slice(1)) {
    await row(phone).hover()
    await row(phone).getByRole('checkbox').check()
  }
  await expect(page.getByRole('toolbar')).toContainText('4 sélectionnées')
  await checkAxe(page)
  await shot(page, 'inbox-bulk')
  await page.getByRole('toolbar').getByRole('button', { name: 'Clôturer' }).click()
  await expect(page.locator('.inbox-rows .row')).toHaveCount(1)
  await expect(tab('unassigned').locator('.tab-count')).toHaveText('1')
  await expect(page.getByRole('toolbar')).toHaveCount(0)

  // Taken by a colleague elsewhere: it goes from this tab to Mine by itself.
  await api.call('POST', `/api/conversations/${first.id}/take-over`)
  await expect(page.locator('.inbox-rows .row')).toHaveCount(0)
  await expect(tab('mine').locator('.tab-count')).toHaveText('1')
  await tab('mine').click()
  await expect(row(phones[0]!)).toHaveCount(1)
  await expect(page).toHaveURL(/view=mine/)

  // Snoozed it is in no tab, and comes to the fore again with the status.
  await api.call('POST', `/api/conversations/${first.id}/snooze`, { until: new Date(Date.now() + 3_600_000).toISOString() })
  await expect(page.locator('.inbox-rows .row')).toHaveCount(0)
  await page.goto(`${url}/inbox?status=snoozed`)
  await expect(row(phones[0]!)).toHaveCount(1)

  await open(page, url, '/inbox?status=completed', { language: 'ar', phone: true, dark: true })
  await expect(page.locator('.inbox-rows .row')).toHaveCount(4)
  await fitsWidth(page)
  await checkAxe(page)
})

test('a colleague\'s note and a planned message stand in the thread without being sent', async ({ page, url, api }) => {
  const sara = await Phone.of(url, 'Sara')
  await sara.say('Je veux parler à un humain')
  await sara.hears('équipe', 90)
  const { id } = await api.conversationOf(sara)
  await open(page, url, `/inbox/${id}?view=all`)
  await expect(page.locator('.msg').first()).toBeVisible()
  await api.call('POST', `/api/conversations/${id}/notes`, { message: 'Cliente *fidèle*, rester souple', mentions: [] })
  const note = page.locator('.by-note')
  await expect(note).toContainText('note interne')
  await expect(note.locator('strong')).toHaveText('fidèle')
  await api.call('POST', `/api/conversations/${id}/scheduled`, { message: 'À demain !', delay_seconds: undefined, at: new Date(Date.now() + 3_600_000).toISOString() })
  const planned = page.locator('[data-scheduled=waiting]')
  await expect(planned).toContainText('À demain !')
  await checkAxe(page)
  await shot(page, 'thread-note-scheduled')
  await planned.getByRole('button', { name: 'Annuler' }).click()
  await expect(planned).toHaveCount(0)
  expect((await sara.bubbles()).filter((bubble) => /fidèle|demain/.test(JSON.stringify(bubble)))).toEqual([])
})
