import { expect, open, Phone, test } from './support/desk.ts'

/** Messages timed; the figure is reported with the run and never judged (timings are benchmarks). */
const times = 20

test('what a customer writes is seen at once in the open list', async ({ page, url, api }) => {
  const phone = await Phone.of(url, 'Line Live')
  await phone.say('Je veux parler à une personne')
  const conversation = await api.conversationOf(phone)
  await open(page, url, `/inbox/${conversation.id}`)
  await expect(page.locator('.thread').getByText('Je veux parler à une personne')).toBeVisible()

  // The page tells when it has painted the words; both clocks are this machine's.
  await page.evaluate(() => {
    const seen = ((window as any).seen = new Map<string, number>())
    new MutationObserver(() => {
      const now = Date.now()
      for (const word of document.body.innerText.match(/chrono-\d+/g) ?? []) if (!seen.has(word)) requestAnimationFrame(() => seen.has(word) || seen.set(word, Math.max(now, Date.now())))
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
  })
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const word = `chrono-${i}`
    await phone.say(word)
    const accepted = Date.now()
    await page.waitForFunction((w) => (window as any).seen.has(w), word)
    taken.push((await page.evaluate((w) => (window as any).seen.get(w) as number, word)) - accepted)
  }

  taken.sort((a, b) => a - b)
  const report = `live update: median ${taken[times / 2]} ms, slowest ${taken.at(-1)} ms after the webhook was acknowledged (${times} messages)`
  test.info().annotations.push({ type: 'measured', description: report })
  console.log(report)
  expect(taken).toHaveLength(times)
})
