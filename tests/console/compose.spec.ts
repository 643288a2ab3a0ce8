import { checkAxe, expect, fitsWidth, open, Phone, shot, test, type Language } from './support/desk.ts'

/** The list beside the thread has a journey of its own. */
const list = ['.inbox-list']

const words: Record<Language, { text: string; undo: string; send: string; note: string }> = {
  fr: { text: 'Message au client', undo: 'Annuler l\'envoi', send: 'Envoyer', note: 'Note interne' },
  en: { text: 'Message to the customer', undo: 'Undo', send: 'Send', note: 'Internal note' },
  ar: { text: 'رسالة إلى العميل', undo: 'تراجع', send: 'إرسال', note: 'ملاحظة داخلية' },
}

for (const language of ['fr', 'en', 'ar'] as const) {
  const own = words[language]

  test(`a message is taken back, then sent once however often it is clicked (${language})`, async ({ page, url, api }) => {
    const phone = await Phone.of(url, 'Salma')
    await phone.say('Bonjour')
    const { id } = await api.conversationOf(phone)
    await open(page, url, `/inbox/${id}`, { language, phone: language === 'ar', dark: language === 'en' })
    const text = page.getByRole('textbox', { name: own.text })
    await text.fill('Je regarde *tout de suite*')
    await page.keyboard.press('Enter')
    await expect(text).toHaveValue('')
    await expect(page.locator('.pending-bubble')).toContainText('Je regarde tout de suite')
    await page.getByRole('button', { name: own.undo }).click()
    await expect(text).toHaveValue('Je regarde *tout de suite*')
    await expect(page.locator('.pending-bubble')).toHaveCount(0)

    await page.getByRole('button', { name: own.send, exact: true }).dblclick()
    await expect(page.locator('.pending-bubble')).toHaveCount(1)
    await shot(page, `compose-undo-${language}`)
    await fitsWidth(page)
    await checkAxe(page, list)
    await phone.hears('Je regarde *tout de suite*')
    await expect(page.locator('.pending-bubble')).toHaveCount(0)
    const said = (await phone.bubbles()).filter((bubble) => JSON.stringify(bubble).includes('tout de suite'))
    expect(said.length).toBe(1)
    expect((await api.call('GET', `/api/conversations/${id}`)).assignee).toBe('agent')

    // Out of the words, where a letter is a key.
    await page.keyboard.press('Escape')
    await page.keyboard.press('KeyN')
    const note = page.getByRole('textbox', { name: own.note })
    await note.fill('Cliente fidèle')
    await expect(page.locator('.composer')).toHaveAttribute('data-tab', 'note')
    await checkAxe(page, list)
    await shot(page, `compose-note-${language}`)
    await page.keyboard.press('Enter')
    await expect(note).toHaveValue('')
    expect((await api.call('GET', `/api/conversations/${id}/notes`)).items.map((one: { message: string }) => one.message)).toEqual(['Cliente fidèle'])
  })
}

test('a restart of the server in the middle of typing loses no draft and no message', async ({ page, url, api, server }) => {
  const phone = await Phone.of(url, 'Yacine')
  await phone.say('Salam')
  const { id } = await api.conversationOf(phone)
  await open(page, url, `/inbox/${id}`)
  const text = page.getByRole('textbox', { name: words.fr.text })
  await text.fill('Votre commande')
  await expect.poll(async () => (await api.call('GET', `/api/conversations/${id}/draft`))?.text).toBe('Votre commande')
  await server.kill()
  await text.fill('Votre commande part demain.')
  await page.keyboard.press('Enter')
  await expect(page.locator('.pending-act[data-state=offline]')).toBeVisible()
  await text.fill('Et le colis suivant')
  await server.up()
  // The demo's telephones live in the server's memory and are gone; what was said is in the conversation.
  const said = async () => (await api.call('GET', `/api/conversations/${id}/messages`).catch(() => ({ items: [] }))).items.filter((one: { message: string }) => one.message === 'Votre commande part demain.').length
  await expect.poll(said, { timeout: 60_000 }).toBe(1)
  await expect.poll(async () => (await api.call('GET', `/api/conversations/${id}/draft`))?.text, { timeout: 30_000 }).toBe('Et le colis suivant')
  await page.reload()
  await expect(text).toHaveValue('Et le colis suivant')
  // Another browser of the same person, which has no copy of its own, finds it, too.
  await page.evaluate(() => localStorage.clear())
  await page.reload()
  await expect(text).toHaveValue('Et le colis suivant')
  expect(await said()).toBe(1)
})

test('what is sent later is listed, sent now, or taken back', async ({ page, url, api }) => {
  const phone = await Phone.of(url, 'Rachid')
  await phone.say('Bonsoir')
  const { id } = await api.conversationOf(phone)
  await open(page, url, `/inbox/${id}`)
  const text = page.getByRole('textbox', { name: words.fr.text })
  const later = async (what: string) => {
    await text.fill(what)
    await page.getByRole('button', { name: 'Autres façons d\'envoyer' }).click()
    await page.getByRole('menuitem', { name: /Dans une heure/ }).click()
    await expect(text).toHaveValue('')
  }
  await later('Rappel : votre colis')
  await later('Et merci')
  await page.getByRole('button', { name: '2 messages programmés' }).click()
  await checkAxe(page, list)
  await shot(page, 'compose-later')
  const row = (what: string) => page.locator('.due-list li', { hasText: what })
  await row('Et merci').getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Reprendre dans la saisie' }).click()
  await expect(text).toHaveValue('Et merci')
  await row('Rappel').getByRole('button').click()
  await page.getByRole('menuitem', { name: 'Envoyer maintenant' }).click()
  await phone.hears('Rappel : votre colis')
  await expect(page.locator('.due')).toHaveCount(0)
})

test('ready answers are made on their page and picked with a slash', async ({ page, url, api }) => {
  const phone = await Phone.of(url, 'Nour')
  await phone.say('Bonjour')
  const { id } = await api.conversationOf(phone)
  await open(page, url, '/canned-answers')
  await page.getByRole('button', { name: 'Nouvelle réponse' }).first().click()
  await page.getByRole('textbox', { name: 'Raccourci' }).fill('délais')
  await page.getByRole('textbox', { name: 'Titre' }).fill('Délais de livraison')
  await page.getByRole('textbox', { name: /Texte · Français/ }).fill('Bonjour {{contact.name}}, comptez *deux jours*.')
  await checkAxe(page, list)
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByRole('button', { name: '/délais' })).toBeVisible()
  await checkAxe(page, list)
  await shot(page, 'canned-answers')
  await page.goto(`${url}/inbox/${id}`)
  const text = page.getByRole('textbox', { name: words.fr.text })
  await text.pressSequentially('/del')
  await expect(page.getByRole('option', { name: /délais/ })).toHaveAttribute('aria-selected', 'true')
  await checkAxe(page, list)
  await shot(page, 'canned-picked')
  await page.keyboard.press('Enter')
  await expect(text).toHaveValue('Bonjour Nour, comptez *deux jours*.')
})

test('files are pasted several at once, a voice note is recorded and plays', async ({ page, url, api }) => {
  const phone = await Phone.of(url, 'Ines')
  await phone.say('Bonjour')
  const { id } = await api.conversationOf(phone)
  await open(page, url, `/inbox/${id}`)
  const text = page.getByRole('textbox', { name: words.fr.text })
  await text.fill('Voici les deux')
  await text.evaluate((area) => {
    const bytes = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const data = new DataTransfer()
    data.items.add(new File([bytes('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==')], 'photo.png', { type: 'image/png' }))
    data.items.add(new File(['facture'], 'facture.txt', { type: 'text/plain' }))
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect(page.locator('.tray-file')).toHaveCount(2)
  await checkAxe(page, list)
  await shot(page, 'compose-files')
  await page.getByRole('button', { name: words.fr.send, exact: true }).click()
  await phone.hears('Voici les deux')
  await phone.hears('facture.txt')

  await page.getByRole('button', { name: 'Enregistrer un message vocal' }).click()
  await page.waitForTimeout(1800)
  await page.getByRole('button', { name: 'Terminer', exact: true }).click()
  const sound = page.locator('.tray-file audio')
  await expect(sound).toHaveCount(1)
  // Chromium's own decoder reads the OGG that was made, to its end.
  const seconds = await sound.evaluate(async (audio: HTMLAudioElement) => {
    const bytes = await (await fetch(audio.src)).arrayBuffer()
    return (await new OfflineAudioContext(1, 48_000, 48_000).decodeAudioData(bytes)).duration
  })
  expect(seconds).toBeGreaterThan(0.8)
  await page.getByRole('button', { name: words.fr.send, exact: true }).click()
  await expect.poll(async () => (await api.call('GET', `/api/conversations/${id}/messages`)).items.at(-1)?.payload?.voice, { timeout: 20_000 }).toBe(true)
  expect((await api.call('GET', `/api/conversations/${id}/messages`)).items.at(-1).media.mime_type).toBe('audio/ogg; codecs=opus')
})
