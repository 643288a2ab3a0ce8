import { checkAxe, expect, fitsWidth, open, Phone, shot, test } from './support/desk.ts'

/** The list beside the thread has a journey of its own. */
const list = ['.inbox-list']

test('when the window is closed templates are offered, filled in and sent', async ({ page, url, api }) => {
  const phone = await Phone.of(url, 'Omar')
  const template = (await api.call('GET', '/api/templates/usable?inbox_id=' + (await api.call('GET', '/api/inboxes')).items.find((one: { channel: string }) => one.channel === 'meta').id)).items
    .find((one: { variables: string[]; language: string }) => one.variables.length === 2 && one.language === 'fr')
  const contact = await api.call('POST', '/api/contacts', { name: 'Omar', phone: phone.number, language: 'fr' })
  const first = await api.call('POST', '/api/messages', {
    contact_id: contact.id, inbox_id: (await api.call('GET', '/api/inboxes')).items.find((one: { channel: string }) => one.channel === 'meta').id,
    content: { type: 'template', name: template.name, language: 'fr', body: { 1: 'CMD-1', 2: 'TRK-1' } },
  })
  await open(page, url, `/inbox/${first.conversation_id}`, { phone: true })
  await expect(page.getByText('La fenêtre de 24 h est fermée')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Message au client' })).toHaveCount(0)
  await checkAxe(page, list)
  await fitsWidth(page)
  await shot(page, 'window-closed-phone')
  await page.getByRole('button', { name: 'Choisir un modèle' }).click()
  await page.getByRole('textbox', { name: 'Chercher un modèle' }).fill(template.name.replaceAll('_', ' '))
  await page.locator('.template', { hasText: 'fr' }).first().click()
  await page.getByRole('button', { name: 'Envoyer le modèle' }).click()
  await expect(page.getByText('À remplir').first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Valeur de 1' }).fill('CMD-2042')
  await page.getByRole('textbox', { name: 'Valeur de 2' }).fill('TRK-2042')
  await expect(page.locator('.phone-back > .bubble')).toContainText('CMD-2042')
  await checkAxe(page, list)
  await shot(page, 'template-filled-phone')
  await page.getByRole('button', { name: 'Envoyer le modèle' }).click()
  await phone.hears(/CMD-2042/)
})

test('buttons are built with a live preview within WhatsApp\'s limits', async ({ page, url, api }) => {
  const phone = await Phone.of(url, 'Hiba')
  await phone.say('Bonjour')
  const { id } = await api.conversationOf(phone)
  await open(page, url, `/inbox/${id}`)
  await page.getByRole('textbox', { name: 'Message au client' }).fill('Quelle taille ?')
  await page.getByRole('button', { name: 'Boutons ou liste' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Message', exact: true })).toHaveValue('Quelle taille ?')
  await dialog.getByRole('textbox', { name: 'Bouton 1' }).fill('Une taille beaucoup trop longue')
  await expect(dialog.getByText('20 caractères au plus')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Bouton 1' }).fill('38')
  await dialog.getByRole('textbox', { name: 'Bouton 2' }).fill('40')
  await expect(dialog.locator('.bubble-button')).toHaveText(['38', '40'])
  await checkAxe(page, list)
  await shot(page, 'builder')
  await dialog.getByRole('button', { name: 'Envoyer' }).click()
  await phone.hears('Quelle taille ?')
  await expect(page.getByRole('textbox', { name: 'Message au client' })).toHaveValue('')
})
