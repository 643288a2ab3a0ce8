import { checkAxe, expect, fitsWidth, open, Phone, shot, test, type Api, type Language } from './support/desk.ts'

const catalogue = '194836987003835'

const words: Record<'fr' | 'ar', Record<string, string | RegExp>> = {
  fr: { details: 'Détails et test', id: 'Identifiant du catalogue', link: 'Lier', linked: /Lié : Simulated catalogue/, tool: 'Envoyer des produits', search: 'Chercher un produit', body: 'Vos mots (facultatif)', send: 'Envoyer (2)' },
  ar: { details: 'التفاصيل والاختبار', id: 'معرّف الكتالوج', link: 'ربط', linked: /Simulated catalogue/, tool: 'إرسال منتجات', search: 'البحث عن منتج', body: 'كلماتك (اختياري)', send: 'إرسال (2)' },
}

const inboxOf = async (api: Api) => (await api.call('GET', '/api/inboxes')).items.find((one: { channel: string }) => one.channel === 'meta').id
const unlink = async (api: Api) => void (await api.call('PUT', `/api/inboxes/${await inboxOf(api)}/catalog`, { catalog_id: null }))

test.afterEach(async ({ api }) => unlink(api))

for (const language of ['fr', 'ar'] as const satisfies Language[]) {
  const own = words[language]

  test(`a catalogue is linked, products are sent to a customer, and the cart comes back (${language})`, async ({ page, url, api }) => {
    const phone = await Phone.of(url, 'Nour')
    await phone.say('Bonjour')
    const { id } = await api.conversationOf(phone)
    await open(page, url, '/inboxes', { language, phone: language === 'ar', dark: language === 'ar' })
    await page.getByRole('article', { name: /WhatsApp \(Meta\)|Beyond Express/ }).getByRole('button', { name: own.details }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel(own.id!).fill(catalogue)
    await drawer.getByRole('button', { name: own.link, exact: true }).click()
    await expect(drawer.getByText(own.linked!)).toBeVisible()
    await checkAxe(page)
    await shot(page, `catalogue-${language}`)

    await page.goto(`${url}/inbox/${id}`)
    await page.getByRole('button', { name: own.tool }).click()
    const picker = page.getByRole('dialog', { name: own.tool })
    await picker.getByLabel(own.search!).fill('box-')
    await expect(picker.getByRole('checkbox')).toHaveCount(2)
    for (const box of await picker.getByRole('checkbox').all()) await box.check()
    await picker.getByLabel(own.body!).fill('Regardez')
    await fitsWidth(page)
    await checkAxe(page)
    await shot(page, `products-${language}`)
    await picker.getByRole('button', { name: own.send }).click()
    await expect(picker).toBeHidden()
    const heard = await phone.hears('Regardez')
    expect(JSON.stringify(heard)).toContain('BOX-L')
    await expect(page.locator('.card').filter({ hasText: 'BOX-L' }).first()).toBeVisible()

    await phone.send({ type: 'order', items: [{ product_id: 'BOX-L', quantity: 2, price: 5.9, currency: 'EUR' }], catalog_id: catalogue })
    await expect(page.locator('.card').filter({ hasText: '2 ×' })).toBeVisible()
    await shot(page, `products-cart-${language}`)
    const orders = (await api.call('GET', '/api/orders?limit=200')).items.filter((one: { items: { product_id: string }[]; status: string }) => one.status === 'draft' && one.items.some((item) => item.product_id === 'BOX-L'))
    expect(orders.length).toBeGreaterThan(0)
  })
}

test('on the phone, products are put into a cart that becomes a draft order', async ({ page, url, api }) => {
  const phone = await Phone.of(url, 'Rania')
  await phone.say('Bonjour')
  const { id, contact_id } = await api.conversationOf(phone)
  await api.call('PUT', `/api/inboxes/${await inboxOf(api)}/catalog`, { catalog_id: catalogue })
  await api.call('POST', `/api/conversations/${id}/send-products`, { skus: ['BOX-S', 'BOX-L'], body: 'Au choix' })
  await phone.hears('Au choix')
  await page.goto(`${url}/simulator`)
  await page.locator('.person').filter({ hasText: 'Rania' }).click()
  const offered = page.locator('.bubble.theirs').filter({ hasText: 'Au choix' })
  await expect(offered).toContainText('BOX-L')
  await shot(page, 'phone-products')
  await offered.locator('button.tap').click()
  await page.locator('#sheet input[name="quantity1"]').fill('3')
  await page.locator('#sheet button.strong').click()
  await expect(page.locator('.bubble.mine').last()).toContainText('BOX-L')
  const drafts = async () => (await api.call('GET', '/api/orders?limit=200')).items.filter((one: { contact_id: number; status: string }) => one.contact_id === contact_id && one.status === 'draft')
  await expect.poll(async () => (await drafts()).length).toBe(1)
  expect((await drafts())[0].items.map((item: { product_id: string; quantity: number; name: string }) => [item.product_id, item.quantity, item.name])).toEqual([['BOX-S', 1, 'Petit carton d\'envoi'], ['BOX-L', 3, 'Grand carton d\'envoi']])
})

test('prices of messages and the shop\'s own look-up have their forms', async ({ page, url, api }) => {
  await open(page, url, '/settings?tab=prices', { language: 'en' })
  await page.getByRole('button', { name: 'Add a price' }).click()
  const line = page.getByRole('listitem', { name: 'Price 1' })
  await line.getByLabel('Country code').fill('0x')
  await line.getByLabel('Price', { exact: true }).fill('0.0592')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(line.getByLabel('Country code')).toHaveAttribute('aria-invalid', 'true')
  await line.getByLabel('Country code').fill('33')
  await checkAxe(page)
  await shot(page, 'settings-prices')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Changes not saved')).toBeHidden()
  await expect.poll(async () => (await api.call('GET', '/api/message-prices')).items).toEqual([{ prefix: '33', category: 'marketing', currency: 'EUR', price: 0.0592 }])
  await api.call('PUT', '/api/message-prices', { items: [] })

  await open(page, url, '/settings?tab=lookup', { language: 'en', phone: true })
  await page.getByLabel('Address to call').fill('https://shop.example/orders')
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page.getByLabel('Value', { exact: true }).fill('Bearer k')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByLabel('Address to call')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Address to call').fill('https://shop.example/orders/{number}')
  await fitsWidth(page)
  await checkAxe(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Authorization')).toBeVisible()
  await shot(page, 'settings-lookup')
  const kept = await api.call('GET', '/api/orders/lookup')
  expect(kept).toMatchObject({ url: 'https://shop.example/orders/{number}', header_names: ['Authorization'], enabled: true })
  await api.call('DELETE', '/api/orders/lookup')
})
