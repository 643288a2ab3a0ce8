import { expect, open, Phone, test } from './support/desk.ts'

const beacon = 'https://attacker.example/x'

/** Texts that have broken somebody's page: markup, links, templates, letters that turn or pile up, walls. */
const hostile = [
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', `<img src="${beacon}.png">`, '<svg/onload=alert(1)>', `<iframe src="${beacon}"></iframe>`, `<link rel=stylesheet href="${beacon}.css">`,
  `<base href="${beacon}">`, `<meta http-equiv="refresh" content="0;url=${beacon}">`, '</title></textarea></script><script>alert(2)</script>', '<a href="javascript:alert(1)">x</a>', 'javascript:alert(1)//https://ok.example',
  'data:text/html,<script>alert(1)</script>', `[x](${beacon})`, `![x](${beacon}.png)`, `@import url(${beacon}.css)`, '{{constructor.constructor("alert(1)")()}}', '${alert(1)}', '<%= 7*7 %>', '#{7*7}', '__proto__', 'constructor',
  '\u202Egnp.exe\u202C moc.elgoog', '\u2066\u2067\u2068abc', 'Z̷̢̛̻͈̩͚̫͈͉͖̞̝̹̤̿̈́̓̓͊̽̏͘a̶l̸g̷o̶'.repeat(5), '👩‍👩‍👧‍👦🏳️‍🌈🇲🇦'.repeat(20), 'ﷺ'.repeat(40), 'W'.repeat(3000), '*_~`*_~`'.repeat(200), '> '.repeat(100) + 'x', '```' + '<b>'.repeat(50) + '```',
  '1. a\n'.repeat(60), '\n'.repeat(40) + 'bas', '%s%n%x%00', '\' OR 1=1 --', '=HYPERLINK("https://attacker.example")', 'مرحبا <b onmouseover=alert(1)>عالم</b> \u200f', 'https://user:pass@attacker.example:81/?q=<script>', 'tel:+1<script>', '+1 (900) 555-0100', '\uFEFF\u200B\u00AD', 'null', '-0', '1e400',
]

test('texts of strangers do nothing anywhere they are shown', async ({ page, url, api }) => {
  test.setTimeout(180_000)
  const speaker = await Phone.of(url, '<img src=x onerror=alert(1)>')
  for (const text of hostile) await speaker.say(text)
  await speaker.send({ type: 'location', latitude: 1, longitude: 2, name: '<script>alert(3)</script>', address: beacon })
  await speaker.send({ type: 'contacts', contacts: [{ name: '"><svg onload=alert(4)>', phones: ['javascript:alert(1)'], organisation: beacon }] })
  await speaker.send({ type: 'document', text: '<b>caption</b>' })
  await speaker.send({ type: 'order', items: [{ product_id: '<img src=x onerror=alert(5)>', quantity: 1, price: 1, currency: 'EUR' }], text: `<img src="${beacon}">` })
  await speaker.send({ type: 'flow_reply', answers: { '<script>alert(6)</script>': '<img src=x onerror=alert(7)>' } })
  // Each as a name and as the last message of a list's row, too.
  const names = ['<script>alert(8)</script>', '\u202Eesrever', 'N'.repeat(400), '{{7*7}}', `<img src="${beacon}">`, '=1+1', 'مرحبا'.repeat(30), '🏳️‍🌈'.repeat(40)]
  for (const [i, name] of names.entries()) await (await Phone.of(url, name)).say(hostile[i * 3]!)
  const { id } = await api.conversationOf(speaker)
  await expect.poll(async () => (await api.call('GET', `/api/conversations/${id}/messages?limit=1`)).items[0].type, { timeout: 60_000 }).not.toBe('contacts')

  for (const [language, phone] of [['fr', false], ['ar', true]] as const) {
    await open(page, url, '/inbox?view=all', { language, phone })
    await expect(page.locator('.row').nth(4)).toBeVisible()
    await page.goto(`${url}/inbox/${id}?view=all`)
    const thread = page.locator('.thread-scroll')
    await expect(thread.locator('.msg').last()).toBeVisible()
    // Past every message, each drawn once; the page never grows wider than it is.
    for (let step = 0; step < 60; step++) {
      const isTop = await thread.evaluate((element) => {
        const top = element.scrollTop
        element.scrollTop = Math.max(0, top - element.clientHeight * 0.8)
        return top === 0
      })
      await page.waitForTimeout(40)
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(1)
      if (isTop) break
    }
    expect(await page.locator('.thread-scroll :is(script, iframe, img[src^="http"], [onerror], [onload])').count()).toBe(0)
    expect(await page.locator('.thread-scroll a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol).filter((p) => !/^(https?|mailto|tel):$/.test(p)))).toEqual([])
  }

  // The palette takes such words too, and the page of the customer.
  await open(page, url, `/inbox/${id}?view=all`)
  await page.keyboard.press('Control+KeyK')
  const palette = page.getByPlaceholder(/Chercher ou aller à/)
  for (const text of hostile.slice(0, 8)) await palette.fill(text)
  await page.keyboard.press('Escape')
  await page.locator('.inbox-list input[type=search]').fill(hostile[1]!)
  await page.waitForTimeout(600)
  expect(await page.title()).not.toContain('undefined')
})
