import { checkAxe, expect, fitsWidth, open, Phone, shot, test, type Language } from './support/desk.ts'

const words: Record<Language, { title: string; steps: string; number: RegExp; colleague: RegExp; waiting: RegExp; feed: string; numbers: RegExp; hide: string }> = {
  fr: { title: 'Accueil', steps: 'Premiers pas', number: /Connecter un numéro \(fait\)/, colleague: /Inviter un collègue/, waiting: /^En attente/, feed: 'Derniers messages', numbers: /Connecté : les messages passent/, hide: 'Masquer les premiers pas' },
  en: { title: 'Home', steps: 'First steps', number: /Connect a number \(done\)/, colleague: /Invite a colleague/, waiting: /^Waiting/, feed: 'Recent messages', numbers: /Connected: messages pass/, hide: 'Hide the first steps' },
  ar: { title: 'الرئيسية', steps: 'الخطوات الأولى', number: /ربط رقم \(تم\)/, colleague: /دعوة زميل/, waiting: /^في الانتظار/, feed: 'آخر الرسائل', numbers: /متصل: الرسائل تمر/, hide: 'إخفاء الخطوات الأولى' },
}

for (const language of ['fr', 'en', 'ar'] as const) {
  const own = words[language]

  test(`the first steps are ticked by what is there, and the board follows what happens (${language})`, async ({ page, url }) => {
    await open(page, url, '/', { language })
    await expect(page.getByRole('heading', { name: own.title, level: 1 })).toBeVisible()
    const steps = page.getByRole('region', { name: own.steps })
    await expect(steps.getByRole('link', { name: own.number })).toBeVisible()
    await expect(steps.getByRole('link', { name: own.colleague })).toBeVisible()
    await expect(page.getByText(own.numbers).first()).toBeVisible()

    // Somebody asks for a person: the feed has it at once, the figure of those who wait follows.
    const amina = await Phone.of(url, `Amina ${language}`)
    const said = `Je veux parler à une personne, <b>${amina.number}</b>`
    await amina.say(said)
    const feed = page.getByRole('region', { name: own.feed })
    await expect(feed.getByText(said)).toBeVisible()
    const tile = page.getByRole('link', { name: own.waiting })
    await expect(tile.locator('.home-tile-value')).not.toHaveText('0')
    await checkAxe(page)
    await shot(page, `home-${language}`)
    await tile.click()
    await expect(page).toHaveURL(/\/inbox\?.*waiting=true/)

    await page.goto(url)
    await page.getByRole('button', { name: own.hide }).click()
    await expect(steps).toBeHidden()
    await page.reload()
    await expect(feed).toBeVisible()
    await expect(steps).toBeHidden()
  })

  test(`the board fits a phone, in the dark (${language})`, async ({ page, url }) => {
    await open(page, url, '/', { language, phone: true, dark: true })
    await expect(page.getByRole('region', { name: own.feed })).toBeVisible()
    await fitsWidth(page)
    await checkAxe(page)
    await shot(page, `home-phone-dark-${language}`)
  })
}
