import { checkAxe, expect, fitsWidth, open, Phone, shot, test, type Language } from './support/desk.ts'

test('an order is made by hand, its customer confirms it by a tap, and the history says so', async ({ page, url, api }) => {
  const phone = await Phone.of(url, 'Nora')
  await phone.say('Bonjour')
  await phone.hears(/Bonjour/)
  await open(page, url, '/orders')
  await page.getByRole('button', { name: 'Nouvelle commande' }).first().click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: 'Numéro WhatsApp du client' }).fill('12')
  await form.getByRole('textbox', { name: 'Numéro WhatsApp du client' }).fill('0000')
  await expect(form).toContainText('phone is no phone number')
  await expect(form.getByRole('button', { name: 'Créer la commande' })).toBeDisabled()
  await form.getByRole('textbox', { name: 'Numéro WhatsApp du client' }).fill(phone.number)
  await form.getByRole('textbox', { name: 'Article' }).fill('Tajine berbère')
  await form.getByRole('textbox', { name: 'Quantité' }).fill('2')
  await form.getByRole('textbox', { name: 'Prix' }).fill('32,45')
  await expect(form).toContainText('64,90')
  await form.getByRole('textbox', { name: 'Adresse' }).fill('3 rue Didouche')
  await checkAxe(page)
  await shot(page, 'order-new')
  await form.getByRole('button', { name: 'Créer la commande' }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer).toContainText('À confirmer')
  await expect(drawer).toContainText('3 rue Didouche')
  const recap = await phone.hears('Récapitulatif') as unknown as { id: string; choices: { id: string; title: string }[] }
  await phone.tap(recap.choices[0]!, recap.id)
  await phone.hears('est confirmée')
  await page.reload()
  await expect(drawer).toContainText('Confirmée')
  await expect(drawer.getByRole('region', { name: 'Historique' })).toContainText('Client')
  await checkAxe(page)
  await shot(page, 'order-drawer')
  const { items } = await api.call('GET', `/api/orders?q=${encodeURIComponent(phone.number)}`)
  expect(items.map((one: { status: string }) => one.status)).toEqual(['confirmed'])

  // Moved on by hand, with a word to the customer.
  await drawer.getByRole('combobox', { name: 'État' }).or(drawer.getByRole('textbox', { name: 'État' })).first().click()
  await page.getByRole('option', { name: 'Expédiée' }).click()
  await drawer.getByRole('switch', { name: 'Prévenir le client' }).click()
  await drawer.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(drawer.getByRole('region', { name: 'Historique' })).toContainText('Expédiée')
})

test('somebody who never wrote: the warning comes before the tick is used', async ({ page, url, api }) => {
  const inboxes = (await api.call('GET', '/api/inboxes')).items
  test.skip(inboxes.length < 2, 'one number: the template of the demo goes')
  await open(page, url, '/orders')
  await page.getByRole('button', { name: 'Nouvelle commande' }).first().click()
  const form = page.getByRole('dialog')
  await form.getByRole('textbox', { name: 'Numéro WhatsApp du client' }).fill('+212655443322')
  await expect(form.getByRole('status')).toContainText('La confirmation ne pourra pas partir')
})

test('the notices and reminders are the business’s own', async ({ page, url, api }) => {
  await open(page, url, '/orders?tab=messages')
  const card = page.getByRole('region', { name: 'En livraison' })
  const words = card.getByRole('textbox', { name: /Français/ })
  const before = await words.inputValue()
  await words.fill('{nobody}')
  await card.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(card).toContainText('There is no {nobody}')
  await words.fill('Votre colis {order} arrive.')
  await card.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByText('Enregistré').first()).toBeVisible()
  const rule = (await api.call('GET', '/api/orders/notices')).items.find((one: { status: string }) => one.status === 'out_for_delivery')
  expect(rule.words.fr).toBe('Votre colis {order} arrive.')
  await api.call('PUT', '/api/orders/notices', { items: [{ status: 'out_for_delivery', words: { ...rule.words, fr: before }, template: rule.template }] })
})

const looks: { language: Language; dark: boolean; phone: boolean }[] = [{ language: 'fr', dark: false, phone: false }, { language: 'en', dark: true, phone: false }, { language: 'ar', dark: true, phone: true }]

for (const view of looks) {
  test(`figures, messages and courier are whole and accessible (${view.language}${view.dark ? ', dark' : ''}${view.phone ? ', 390' : ''})`, async ({ page, url }) => {
    await open(page, url, '/orders', view)
    for (const tab of ['figures', 'messages', 'courier', 'list']) {
      await page.goto(`${url}/orders${tab === 'list' ? '' : `?tab=${tab}`}`)
      await expect(page.locator('main h1')).toBeVisible()
      await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0)
      await fitsWidth(page)
      await checkAxe(page)
      await shot(page, `orders-${tab}-${view.language}`)
    }
  })
}
