import { checkAxe, expect, fitsWidth, open, shot, test, type Language } from './support/desk.ts'

const words = {
  fr: { add: 'Nouveau segment', name: 'Nom', what: 'À propos de', code: 'Indicatif du pays', codeField: 'Indicatif', one: '1 client', save: 'Enregistrer', title: 'Segments' },
  ar: { add: 'شريحة جديدة', name: 'الاسم', what: 'بخصوص', code: 'رمز البلد', codeField: 'رمز البلد', one: 'عميل واحد', save: 'حفظ', title: 'الشرائح' },
}

for (const view of [{ language: 'fr' as Language, dark: false, phone: false }, { language: 'ar' as Language, dark: true, phone: true }]) {
  test(`a segment is written with its count beside and a contact list shows it (${view.language})`, async ({ page, url, api }) => {
    const said = words[view.language as 'fr' | 'ar']
    const code = view.language === 'fr' ? '4178' : '4179'
    const contact = await api.call('POST', '/api/contacts', { name: `Zoé ${code}`, phone: `+${code}5551234` })
    await open(page, url, '/segments', view)
    await page.getByRole('button', { name: said.add }).first().click()
    await page.getByRole('textbox', { name: said.name }).fill(`Suisse ${code}`)
    await page.getByRole('combobox', { name: said.what }).click()
    await page.getByRole('option', { name: said.code, exact: true }).click()
    await page.getByRole('textbox', { name: said.codeField }).fill(code)
    await expect(page.getByRole('dialog').getByRole('status')).toContainText(said.one)
    await expect(page.getByRole('dialog').getByText(`Zoé ${code}`)).toBeVisible()
    await checkAxe(page)
    await fitsWidth(page)
    await shot(page, `segment-${view.language}`)
    await page.getByRole('dialog').getByRole('button', { name: said.save }).click()
    await expect(page.getByRole('button', { name: new RegExp(`Suisse ${code}`) })).toBeVisible()
    const made = (await api.call('GET', '/api/segments')).items.find((one: { name: string }) => one.name === `Suisse ${code}`)
    expect(made.rules).toEqual({ all: [{ is: 'country', calling_code: code }] })
    await page.goto(`${url}/contacts?segment=${made.id}`)
    await expect(page.getByText(`Zoé ${code}`).first()).toBeVisible()
    await api.call('DELETE', `/api/segments/${made.id}`)
    await api.call('DELETE', `/api/contacts/${contact.id}`)
  })
}
