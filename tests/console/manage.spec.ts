import { checkAxe, expect, fitsWidth, open, shot, test, type Language } from './support/desk.ts'

const pages = [
  '/knowledge', '/knowledge?tab=documents', '/knowledge?tab=candidates', '/settings', '/settings?tab=hours', '/settings?tab=messages', '/settings?tab=handoff', '/settings?tab=labels', '/settings?tab=alerts', '/settings?tab=me',
  '/templates', '/people', '/people?tab=teams', '/inboxes', '/orders', '/products', '/errors', '/errors?tab=calls', '/assistant', '/assistant?tab=models', '/assistant?tab=usage', '/assistant?tab=tools', '/assistant?tab=words', '/simulations', '/simulations?tab=cases',
]

const looks: { language: Language; dark: boolean; phone: boolean }[] = [{ language: 'fr', dark: false, phone: false }, { language: 'en', dark: true, phone: false }, { language: 'ar', dark: true, phone: true }]

for (const view of looks) {
  const name = `${view.language}-${view.dark ? 'dark' : 'light'}-${view.phone ? 390 : 1440}`
  test(`every page of management is whole and accessible (${name})`, async ({ page, url }) => {
    test.slow()
    await open(page, url, pages[0], view)
    for (const path of pages) {
      // As a link inside the console would lead there.
      await page.evaluate((to) => {
        history.pushState(null, '', to)
        dispatchEvent(new PopStateEvent('popstate'))
      }, path)
      await expect(page.locator('main h1')).toBeVisible()
      await expect(page.locator('main [role=tab][aria-selected=true], main h1').last()).toBeVisible()
      await expect(page.locator('.mantine-Skeleton-root')).toHaveCount(0)
      await fitsWidth(page)
      await checkAxe(page)
      await shot(page, `manage${path.replace(/\W+/g, '-')}-${name}`)
    }
  })
}
