import { checkAxe, expect, fitsWidth, open, Phone, shot, test, type Language, type Page } from './support/desk.ts'

/** The demo keeps quiet hours and a cap; neither is what these journeys are about. */
async function anyHour(api: { call: (method: string, path: string, body?: unknown) => Promise<any> }, run: () => Promise<void>) {
  const before = await api.call('GET', '/api/tenant')
  await api.call('PATCH', '/api/tenant', { quiet_hours: { from: '08:00', until: '08:00' }, frequency_cap: { messages: 0, days: 7 } })
  try {
    await run()
  } finally {
    await api.call('PATCH', '/api/tenant', { quiet_hours: before.quiet_hours, frequency_cap: before.frequency_cap })
  }
}

const choose = async (page: Page, label: string | RegExp, option: string | RegExp) => {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).first().click()
}

test('a campaign goes from a file to the phones, and says who got nothing and why', async ({ page, url, api }) => {
  test.slow()
  const inbox = (await api.call('GET', '/api/inboxes')).items.find((one: { channel: string }) => one.channel === 'meta')
  const template = (await api.call('GET', `/api/templates?inbox_id=${inbox.id}&status=approved&limit=200`)).items
    .find((one: { variables: string[]; language: string }) => one.language === 'fr' && one.variables.length === 2 && one.variables.every((field) => field.startsWith('body.')))
  const phones = [await Phone.of(url, 'Lina'), await Phone.of(url, 'Yanis')]
  await anyHour(api, async () => {
    await open(page, url, '/campaigns')
    await page.getByRole('link', { name: 'Nouvelle campagne' }).first().click()
    await page.getByRole('textbox', { name: 'Nom' }).fill('Rentrée')
    await choose(page, 'Numéro', inbox.name)
    await choose(page, 'Modèle', template.name)
    await expect(page.locator('.phone-bubble')).toBeVisible()
    await checkAxe(page)
    await page.getByRole('button', { name: 'Suivant' }).click()

    await page.getByText('Un fichier', { exact: true }).click()
    await page.locator('input[type=file]').setInputFiles({
      name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(`téléphone;prénom;suivi\n${phones[0]!.number};Lina;TRK-1\n${phones[1]!.number};Yanis;TRK-2\n0612;Personne;TRK-3\n${phones[0]!.number};Encore;TRK-4\n`),
    })
    await expect(page.getByText('4 lignes ; numéros de la colonne téléphone.')).toBeVisible()
    await checkAxe(page)
    await page.getByRole('button', { name: 'Suivant' }).click()

    const first = template.variables[0].replace('body.', '')
    const second = template.variables[1].replace('body.', '')
    await choose(page, `Variable ${first}`, 'prénom')
    await choose(page, `Variable ${second}`, 'Vos propres mots')
    await page.getByRole('textbox', { name: `Mots de ${second}` }).fill('RENTREE-26')
    await expect(page.locator('.phone-bubble')).toContainText('RENTREE-26')
    await checkAxe(page)
    await shot(page, 'campaign-variables')
    await page.getByRole('button', { name: 'Suivant' }).click()

    await page.getByRole('textbox', { name: 'Messages par seconde' }).fill('20')
    await checkAxe(page)
    await page.getByRole('button', { name: 'Suivant' }).click()

    await page.getByRole('button', { name: 'Vérifier', exact: true }).click()
    await expect(page.getByText("Pas un numéro avec l'indicatif du pays")).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText('Deux fois dans la liste')).toBeVisible()
    await expect(page.getByText('messages sans prix')).toBeVisible()
    await checkAxe(page)
    await shot(page, 'campaign-check')
    await page.getByRole('button', { name: 'Lancer la campagne' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Lancer la campagne' }).click()
    await expect(page.getByText('Terminée')).toBeVisible({ timeout: 30_000 })
    await phones[0]!.hears('RENTREE-26')
    await phones[1]!.hears('Yanis')
    await phones[0]!.say('Merci !')
    await expect(async () => {
      await page.reload()
      await expect(page.locator('[data-state=replied] dd')).toHaveText('1', { timeout: 2000 })
    }).toPass({ timeout: 30_000 })
    await choose(page, 'État', /Écarté/)
    await expect(page.locator('table tbody').getByText("Pas un numéro avec l'indicatif du pays").first()).toBeVisible()
    await checkAxe(page)
    await fitsWidth(page)
    await shot(page, 'campaign-done')

    await page.goto(`${url}/campaigns`)
    await expect(page.getByRole('button', { name: /Rentrée/ })).toBeVisible()
    await checkAxe(page)
    await shot(page, 'campaigns')
  })
})

const looks: { language: Language; dark: boolean; phone: boolean }[] = [{ language: 'en', dark: true, phone: false }, { language: 'ar', dark: true, phone: true }]

for (const view of looks) {
  test(`a campaign is read, paused and ended (${view.language})`, async ({ page, url, api }) => {
    test.slow()
    const words = view.language === 'ar' ? { pause: 'إيقاف مؤقت', paused: 'متوقفة', resume: 'متابعة', end: 'إنهاؤها', ended: 'أُنهيت', none: 'الحملات' } : { pause: 'Pause', paused: 'Paused', resume: 'Go on', end: 'End it', ended: 'Ended', none: 'Campaigns' }
    const inbox = (await api.call('GET', '/api/inboxes')).items.find((one: { channel: string }) => one.channel === 'meta')
    const template = (await api.call('GET', `/api/templates?inbox_id=${inbox.id}&status=approved&limit=200`)).items
      .find((one: { variables: string[]; language: string }) => one.language === 'fr' && one.variables.length === 2 && one.variables.every((field) => field.startsWith('body.')))
    const phones = [await Phone.of(url, 'Omar'), await Phone.of(url, 'Salma')]
    const contacts = []
    for (const phone of phones) contacts.push((await api.call('POST', '/api/contacts', { name: phone.name, phone: phone.number })).id)
    const campaign = await api.call('POST', '/api/campaigns', {
      name: 'Automne', inbox_id: inbox.id, audience: { kind: 'contacts', contact_ids: contacts }, schedule: { at: new Date(Date.now() + 3_600_000).toISOString() },
      template: { name: template.name, languages: ['fr'], variables: Object.fromEntries(template.variables.map((field: string) => [field, { from: 'constant', value: 'A' }])) },
    })
    await api.call('POST', `/api/campaigns/${campaign.id}/start`)
    await open(page, url, `/campaigns/${campaign.id}`, view)
    await page.getByRole('button', { name: words.pause }).click({ timeout: 20_000 })
    await expect(page.getByText(words.paused, { exact: true }).first()).toBeVisible()
    await fitsWidth(page)
    await checkAxe(page)
    await shot(page, `campaign-paused-${view.language}`)
    await page.getByRole('button', { name: words.end }).click()
    await page.getByRole('dialog').getByRole('button', { name: words.end }).click()
    await expect(page.getByText(words.ended, { exact: true }).first()).toBeVisible()
    await page.goto(`${url}/campaigns`)
    await expect(page.getByRole('heading', { level: 1, name: words.none })).toBeVisible()
    await fitsWidth(page)
    await checkAxe(page)
    await shot(page, `campaigns-${view.language}`)
  })
}
