import { checkAxe, expect, fitsWidth, open, shot, test } from './support/desk.ts'

/** As Studio exports one, with properties nobody here knows. */
const exported = {
  description: 'Menu du garage',
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
  states: [
    { name: 'Trigger', type: 'trigger', transitions: [{ event: 'incomingMessage', next: 'menu' }, { event: 'incomingCall', next: 'say' }, { event: 'incomingRequest' }], properties: { offset: { x: 0, y: 0 } } },
    { name: 'menu', type: 'send-and-wait-for-reply', transitions: [{ event: 'incomingMessage', next: 'choice' }, { event: 'timeout' }, { event: 'deliveryFailure' }], properties: { offset: { x: 0, y: 220 }, service: '{{trigger.message.InstanceSid}}', from: '{{flow.channel.address}}', body: 'Bonjour ! 1 vente, 2 atelier', timeout: '3600', odd_property: { kept: [1, null] } } },
    { name: 'choice', type: 'split-based-on', transitions: [
      { event: 'noMatch', next: 'menu' },
      { event: 'match', next: 'sales', conditions: [{ friendly_name: 'Vente', arguments: ['{{widgets.menu.inbound.Body}}'], type: 'equal_to', value: '1' }] },
      { event: 'match', next: 'person', conditions: [{ friendly_name: 'Atelier', arguments: ['{{widgets.menu.inbound.Body}}'], type: 'matches_any_of', value: '2, atelier' }] }], properties: { offset: { x: 0, y: 470 }, input: '{{widgets.menu.inbound.Body}}' } },
    { name: 'sales', type: 'send-message', transitions: [{ event: 'sent' }, { event: 'failed' }], properties: { offset: { x: -260, y: 700 }, from: '{{flow.channel.address}}', to: '{{contact.channel.address}}', body: 'Un vendeur vous écrit. أهلا وسهلا' } },
    { name: 'person', type: 'send-to-flex', transitions: [{ event: 'callComplete' }, { event: 'failedToEnqueue' }, { event: 'callFailure' }], properties: { offset: { x: 260, y: 700 }, channel: 'TC00000000000000000000000000000000', attributes: '{}' } },
    { name: 'say', type: 'say-play', transitions: [{ event: 'audioComplete' }], properties: { offset: { x: 620, y: 220 }, say: 'Bonjour', loop: 1 } },
  ],
}

test('a Studio export is opened on its canvas, edited, undone, kept, published and compared', async ({ page, url, api }) => {
  await open(page, url, '/flows')
  await page.getByRole('button', { name: 'Importer' }).first().click()
  const drawer = page.getByRole('dialog', { name: 'Importer un parcours' })
  await drawer.getByLabel('Définition (JSON)').fill(JSON.stringify(exported))
  await expect(drawer.getByText('Demande un appel téléphonique')).toBeVisible()
  await checkAxe(page)
  await shot(page, 'flows-import')
  await drawer.getByRole('button', { name: 'Importer', exact: true }).click()
  await expect(page.locator('.react-flow__node')).toHaveCount(6)
  const id = Number(new URL(page.url()).pathname.split('/').at(-1))

  // The same as it came, but for the one text.
  await page.locator('.react-flow__node', { hasText: 'Bonjour ! 1 vente' }).click()
  const panel = page.getByRole('region', { name: 'Étape menu' })
  await panel.getByLabel('Texte', { exact: true }).fill('Bienvenue ! 1 vente, 2 atelier')
  await expect(page.locator('.react-flow__node', { hasText: 'Bienvenue !' })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(panel.getByLabel('Texte', { exact: true })).toHaveValue('Bonjour ! 1 vente, 2 atelier')
  await page.keyboard.press('Control+Shift+z')
  await expect(panel.getByLabel('Texte', { exact: true })).toHaveValue('Bienvenue ! 1 vente, 2 atelier')
  await expect(page.getByRole('status').filter({ hasText: 'Enregistré' })).toBeVisible()
  await page.reload()
  await expect(page.locator('.react-flow__node', { hasText: 'Bienvenue !' })).toBeVisible()
  const expected = structuredClone(exported)
  expected.states[1]!.properties.body = 'Bienvenue ! 1 vente, 2 atelier'
  expect(await api.call('GET', `/api/flows/${id}/export`)).toEqual(expected)
  await shot(page, 'flows-canvas')

  await page.getByRole('button', { name: 'Publier' }).click()
  const publish = page.getByRole('dialog', { name: 'Publier le parcours' })
  await publish.getByLabel('Note (facultative)').fill('Premier menu')
  await publish.getByRole('button', { name: 'Publier' }).click()
  await expect(page.getByText('En ligne · v1', { exact: true })).toBeVisible()

  // Renaming by keyboard: what reads of the step follows.
  await page.locator('.react-flow__node', { hasText: 'Bienvenue !' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Nom de l’étape')).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('accueil')
  await page.keyboard.press('Enter')
  await expect(page.locator('.react-flow__node', { hasText: 'widgets.accueil.inbound.Body' })).toBeVisible()
  await expect(page.getByText('En ligne · v1, modifié')).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Enregistré' })).toBeVisible()
  await page.getByRole('button', { name: 'Versions' }).click()
  const versions = page.getByRole('dialog', { name: 'Versions' })
  await expect(versions.getByText('Premier menu')).toBeVisible()
  await versions.getByRole('button', { name: 'Comparer au brouillon' }).click()
  await expect(versions.getByText('accueil', { exact: true }).first()).toBeVisible()
  await expect(versions.getByText('{{widgets.accueil.inbound.Body}}').first()).toBeVisible()
  await checkAxe(page)
  await shot(page, 'flows-versions')
  await versions.getByRole('button', { name: 'Fermer' }).click()

  // The draft answers a customer who is not there.
  await page.getByRole('button', { name: 'Téléphone de test' }).click()
  await page.getByLabel('Écrire un message').fill('Bonjour')
  await page.keyboard.press('Enter')
  const talk = page.getByRole('log', { name: 'Essai de conversation' })
  await expect(talk).toContainText('Bienvenue ! 1 vente, 2 atelier')
  await expect(page.locator('.flow-step[data-current]')).toContainText('accueil')
  await page.getByLabel('Écrire un message').fill('1')
  await page.keyboard.press('Enter')
  await expect(talk).toContainText('Un vendeur vous écrit')
  await shot(page, 'flows-test')

  // It is online and answers everybody: the journeys that share this server want the assistant.
  await api.call('DELETE', `/api/flows/${id}`)
})

test('on a phone the steps are a list, also in Arabic and in the dark', async ({ page, url, api }) => {
  const { id } = await api.call('POST', '/api/flows', { name: 'قائمة المرآب', definition: exported })
  await open(page, url, `/flows/${id}`, { language: 'ar', dark: true, phone: true })
  const steps = page.getByRole('list', { name: 'خطوات المسار' })
  await expect(steps.getByRole('listitem')).toHaveCount(6)
  await checkAxe(page)
  await fitsWidth(page)
  await shot(page, 'flows-list-ar-phone')
  await steps.getByRole('button', { name: /^sales/ }).click()
  await page.getByLabel('النص', { exact: true }).fill('مرحبًا، يكتب إليك بائع.')
  await checkAxe(page)
  await shot(page, 'flows-step-ar-phone')
  await page.getByRole('button', { name: 'إغلاق' }).last().click()
  await expect(steps).toContainText('مرحبًا، يكتب إليك بائع.')

  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${url}/flows/${id}`)
  await expect(page.locator('.react-flow__node')).toHaveCount(6)
  await page.locator('.react-flow__node', { hasText: 'مرحبًا' }).click()
  await checkAxe(page)
  await shot(page, 'flows-canvas-ar-dark')

  // Somebody else was faster: their version is offered, not written over.
  const theirs = await api.call('GET', `/api/flows/${id}`)
  theirs.definition.states[3].properties.body = 'نص زميلتك'
  await api.call('PUT', `/api/flows/${id}/draft`, { definition: theirs.definition, revision: theirs.draft_revision })
  await page.getByLabel('النص', { exact: true }).fill('نصي')
  const conflict = page.getByRole('dialog', { name: 'عُدّل هذا المسار في مكان آخر' })
  await expect(conflict).toBeVisible()
  await checkAxe(page)
  await conflict.getByRole('button', { name: 'تحميل نسخته' }).click()
  await expect(page.locator('.react-flow__node', { hasText: 'نص زميلتك' })).toBeVisible()
})
