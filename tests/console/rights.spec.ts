import { checkAxe, expect, look, open, Phone, shot, test, type Page } from './support/desk.ts'

const choose = async (page: Page, label: string, option: string | RegExp) => {
  await page.getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).first().click()
}

test('an agent who was invited for campaigns alone writes one, and is not shown the pages that the API would refuse', async ({ page, url, api, browser }) => {
  const inbox = (await api.call('GET', '/api/inboxes')).items.find((one: { channel: string }) => one.channel === 'meta')
  const template = (await api.call('GET', `/api/templates?inbox_id=${inbox.id}&status=approved&limit=200`)).items
    .find((one: { variables: string[]; language: string }) => one.language === 'fr' && one.variables.every((field) => field.startsWith('body.')))
  await open(page, url, '/people')
  await page.getByRole('button', { name: 'Inviter quelqu\'un' }).click()
  const drawer = page.getByRole('dialog', { name: 'Inviter quelqu\'un' })
  await drawer.getByLabel('Adresse e-mail').fill('lea@example.com')
  await drawer.getByLabel('Nom').fill('Léa')
  for (const right of ['Voir les conversations', 'Répondre aux clients', 'Modifier les clients', 'Commandes', 'Rapports']) await drawer.getByRole('checkbox', { name: right, exact: true }).uncheck()
  await drawer.getByRole('checkbox', { name: 'Campagnes' }).check()
  await checkAxe(page)
  await shot(page, 'rights-invite')
  await drawer.getByRole('button', { name: 'Créer le lien' }).click()
  const link = new URL(await drawer.getByRole('textbox', { name: 'Lien d\'invitation' }).inputValue())
  const made = (await api.call('GET', '/api/agents?all=true')).items.find((one: { email: string }) => one.email === 'lea@example.com')
  expect([made.role, made.rights, made.sees]).toEqual(['agent', ['campaigns'], 'all'])

  const theirs = await browser.newContext()
  const lea = await theirs.newPage()
  const refused: string[] = []
  lea.on('response', (response) => { if (response.status() === 403) refused.push(response.url()) })
  await look(lea, url)
  await lea.goto(url + link.pathname + link.hash)
  await lea.locator('input[autocomplete=new-password]').fill('une phrase assez longue')
  await lea.getByRole('button', { name: 'Rejoindre' }).click()

  const menu = lea.getByRole('navigation', { name: 'Navigation principale' })
  await expect(menu.getByRole('link', { name: 'Campagnes' })).toBeVisible()
  for (const name of ['Accueil', 'Messagerie', 'Clients', 'Recherche', 'Relances', 'Statistiques', 'Commandes', 'Journal d’audit', 'Imports', 'Clés API', 'Webhooks sortants', 'Erreurs']) {
    await expect(menu.getByRole('link', { name, exact: true })).toHaveCount(0)
  }
  // The first address there is leads to a page that is hers.
  await expect(lea.getByRole('heading', { level: 1, name: 'Produits' })).toBeVisible()
  await expect(lea.getByRole('button', { name: 'Ajouter un produit' })).toHaveCount(0)

  await menu.getByRole('link', { name: 'Campagnes' }).click()
  await lea.getByRole('link', { name: 'Nouvelle campagne' }).first().click()
  await lea.getByRole('textbox', { name: 'Nom' }).fill('Printemps')
  await choose(lea, 'Numéro', inbox.name)
  await choose(lea, 'Modèle', template.name)
  await lea.getByRole('button', { name: 'Suivant' }).click()
  await expect(lea.getByText('Un fichier', { exact: true })).toBeVisible()
  await expect(lea.getByText('Un segment', { exact: true })).toHaveCount(0)
  await lea.getByText('Un fichier', { exact: true }).click()
  await lea.locator('input[type=file]').setInputFiles({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from('téléphone;prénom\n+33611110099;Lina\n') })
  await expect(lea.getByText('1 ligne ; numéros de la colonne téléphone.')).toBeVisible()
  await checkAxe(lea)
  await shot(lea, 'rights-campaigns-alone')
  await lea.getByRole('button', { name: 'Suivant' }).click()
  await expect.poll(async () => (await api.call('GET', '/api/campaigns')).items.find((one: { name: string }) => one.name === 'Printemps')?.audience.kind).toBe('csv')

  for (const path of ['/inbox', '/contacts', '/orders', '/reports', '/audit', '/imports', '/api-keys', '/subscriptions', '/errors']) {
    await lea.goto(url + path)
    await expect(lea.getByText('Rien à cette adresse')).toBeVisible()
  }
  for (const [path, button] of [['/knowledge', 'Ajouter'], ['/people', 'Inviter'], ['/inboxes', 'Connecter'], ['/templates', 'Nouveau']]) {
    await lea.goto(url + path)
    await expect(lea.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(lea.getByRole('main').getByRole('button', { name: button })).toHaveCount(0)
  }
  expect(refused).toEqual([])
  await theirs.close()
})

test('who sees only their own conversations is not shown pages about everybody\'s', async ({ page, url, api }) => {
  const invited = await api.call('POST', '/api/agents', { email: 'sami@example.com', sees: 'mine' })
  await api.call('POST', '/api/invitations/accept', { token: new URL(invited.invitation_url).hash.slice(1), password: 'une phrase assez longue' })
  await open(page, url, '/', { email: 'sami@example.com', password: 'une phrase assez longue' })
  const menu = page.getByRole('navigation', { name: 'Navigation principale' })
  for (const name of ['Messagerie', 'Clients', 'Recherche', 'Commandes']) await expect(menu.getByRole('link', { name, exact: true })).toBeVisible()
  for (const name of ['Relances', 'Erreurs']) await expect(menu.getByRole('link', { name, exact: true })).toHaveCount(0)
  await page.goto(`${url}/follow-ups`)
  await expect(page.getByText('Rien à cette adresse')).toBeVisible()
})

test('who may only read conversations sees them and their customers, and nothing that the API would refuse', async ({ page, url, api }) => {
  const customer = await Phone.of(url, 'Cliente lue')
  await customer.say('Bonjour, où est ma commande TRK123456 ?')
  const conversation = await api.conversationOf(customer)
  const invited = await api.call('POST', '/api/agents', { email: 'nour@example.com', rights: ['conversations'] })
  await api.call('POST', '/api/invitations/accept', { token: new URL(invited.invitation_url).hash.slice(1), password: 'une phrase assez longue' })
  const refused: string[] = []
  page.on('response', (response) => { if (response.status() === 403) refused.push(`${response.request().method()} ${response.url()}`) })
  await open(page, url, '/inbox', { email: 'nour@example.com', password: 'une phrase assez longue' })
  await page.locator('.row', { hasText: customer.name }).locator('.row-link').click()
  await expect(page.getByText('Vous pouvez lire cette conversation, mais pas y répondre')).toBeVisible()
  for (const name of ['Prendre le relais', 'Attribuer']) await expect(page.getByRole('button', { name })).toHaveCount(0)
  await expect(page.getByRole('textbox', { name: 'Répondre' })).toHaveCount(0)
  await expect(page.locator('.row-choose')).toHaveCount(0)
  await shot(page, 'rights-reading')
  await page.goto(`${url}/contacts/${conversation.contact_id}`)
  await expect(page.getByRole('heading', { name: 'Notes' })).toBeVisible()
  for (const name of ['Renommer', 'Bloquer', 'Noter un accord ou un refus', 'Fusionner']) await expect(page.getByRole('button', { name })).toHaveCount(0)
  await checkAxe(page)
  await shot(page, 'rights-reading-contact')
  await page.goto(`${url}/follow-ups`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForTimeout(1000)
  expect(refused).toEqual([])
})
