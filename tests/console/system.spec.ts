import { checkAxe, expect, open, Phone, shot, test } from './support/desk.ts'

test('what could not be sent stands among the errors, and starting it again brings it to the customer', async ({ page, url }) => {
  const answer = await fetch(`${url}/simulator/api/faults`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ kind: 'undeliverable', times: 1 }) })
  expect(answer.ok).toBe(true)
  const phone = await Phone.of(url, 'Omar')
  await phone.say('Où est ma commande TRK123456 ?')
  await open(page, url, '/errors?tab=dead')
  // Other journeys of this server may have left letters of their own.
  const letter = page.getByRole('list', { name: 'À relancer' }).getByRole('listitem').filter({ hasText: 'TRK123456' })
  await expect(async () => {
    await page.reload()
    await expect(letter.first()).toContainText('N\'est pas parti · 1 essai', { timeout: 3000 })
  }).toPass()
  await checkAxe(page)
  await shot(page, 'dead-letters')
  await letter.first().getByRole('button', { name: 'Relancer' }).click()
  await phone.hears('TRK123456')
  await expect(letter).toHaveCount(0)
  await page.getByRole('tab', { name: 'Journal des erreurs' }).click()
  await page.getByRole('table').getByRole('button').first().click()
  await expect(page.getByRole('dialog', { name: 'Erreur' })).toBeVisible()
  await checkAxe(page)
  await shot(page, 'error-detail')
})
