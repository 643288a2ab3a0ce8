import { Api, checkAxe, expect, fitsWidth, open as openAs, Server, shot, test, type Look, type Page } from './support/desk.ts'

// A server of its own: its platform administrator would stand among the colleagues of the other journeys.
let server: Server
const email = 'platform@example.com'
const password = 'trois mots ensemble'

test.beforeAll(async () => {
  server = await Server.start()
  const { name } = await (await Api.of(server.url)).call('GET', '/api/tenant')
  await server.add(email, password, 'platform', name)
})

test.afterAll(() => server.stop())

const open = (page: Page, path: string, look: Look = {}) => openAs(page, server.url, path, { ...look, email, password })

test('the platform administrator makes a business, limits it, suspends it, and goes in and out', async ({ page }) => {
  await open(page, '/admin')
  await page.getByRole('button', { name: 'Nouvelle entreprise' }).click()
  const fresh = page.getByRole('dialog', { name: 'Nouvelle entreprise' })
  await fresh.getByLabel('Nom').fill('Conciergerie du Lac')
  await fresh.getByLabel('Adresse e-mail du propriétaire').fill('lac@example.com')
  await fresh.getByRole('button', { name: 'Créer' }).click()
  expect(await fresh.getByRole('textbox', { name: 'Lien d\'invitation' }).inputValue()).toContain('/invitation#')
  await fresh.getByRole('button', { name: 'Fermer' }).last().click()

  await page.getByRole('button', { name: /Conciergerie du Lac/ }).click()
  const drawer = page.getByRole('dialog', { name: 'Conciergerie du Lac' })
  await expect(drawer.getByText('Rien sur ces trente jours.')).toBeVisible()
  await drawer.getByLabel('Messages / mois').fill('500')
  await checkAxe(page)
  await shot(page, 'admin-tenant')
  await drawer.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByRole('row', { name: /Conciergerie du Lac/ })).toContainText('0 / 500')

  await page.getByRole('button', { name: /Conciergerie du Lac/ }).click()
  await drawer.getByLabel('Motif de la suspension').fill('Impayé')
  await drawer.getByRole('button', { name: 'Suspendre' }).click()
  await page.getByRole('dialog', { name: 'Suspendre Conciergerie du Lac ?' }).getByRole('button', { name: 'Suspendre' }).click()
  await expect(page.getByRole('row', { name: /Conciergerie du Lac/ })).toContainText('Suspendue')
  await page.getByRole('button', { name: /Conciergerie du Lac/ }).click()
  await expect(drawer.getByText('Impayé')).toBeVisible()
  await drawer.getByRole('button', { name: 'Reprendre' }).click()
  await expect(page.getByRole('row', { name: /Conciergerie du Lac/ })).toContainText('Active')

  await page.getByRole('button', { name: /Conciergerie du Lac/ }).click()
  await drawer.getByRole('button', { name: 'Entrer' }).click()
  await page.getByRole('dialog', { name: 'Entrer dans Conciergerie du Lac ?' }).getByRole('button', { name: 'Entrer' }).click()
  const banner = page.getByRole('status').filter({ hasText: 'Vous êtes dans Conciergerie du Lac' })
  await expect(banner).toBeVisible()
  await checkAxe(page)
  await shot(page, 'admin-entered')
  await banner.getByRole('button', { name: 'Quitter' }).click()
  await expect(page.getByRole('heading', { name: 'Plateforme' })).toBeVisible()
  await expect(banner).toHaveCount(0)

  await page.getByRole('tab', { name: 'Installation' }).click()
  await expect(page.getByText('En marche').first()).toBeVisible()
  await checkAxe(page)
  await shot(page, 'admin-installation')
})

test('the platform in Arabic on a phone', async ({ page }) => {
  await open(page, '/admin', { language: 'ar', phone: true, dark: true })
  await expect(page.getByRole('heading', { name: 'المنصة' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'شركة جديدة' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'الشركات' }).getByRole('listitem').first()).toBeVisible()
  await fitsWidth(page)
  await checkAxe(page)
  await shot(page, 'admin-ar-phone')
  await page.getByRole('tab', { name: 'التثبيت' }).click()
  await expect(page.getByText('تعمل').first()).toBeVisible()
  await fitsWidth(page)
})

test('a feature request is made, wanted, talked about and decided', async ({ page }) => {
  await open(page, '/feature-requests')
  await page.getByRole('button', { name: 'Nouvelle demande' }).first().click()
  const fresh = page.getByRole('dialog', { name: 'Nouvelle demande' })
  await fresh.getByLabel('Titre').fill('Exporter les reçus')
  await fresh.getByLabel('Description').fill('En PDF, pour la comptable.')
  await checkAxe(page)
  await fresh.getByRole('button', { name: 'Envoyer' }).click()
  await expect(page.getByRole('row', { name: /Exporter les reçus/ })).toContainText('En attente')

  await page.getByRole('button', { name: /Exporter les reçus/ }).click()
  const drawer = page.getByRole('dialog', { name: 'Exporter les reçus' })
  await drawer.getByRole('button', { name: /Je la veux aussi/ }).click()
  await expect(drawer.getByRole('button', { name: /Je la veux aussi/ })).toHaveAttribute('aria-pressed', 'true')
  await drawer.getByLabel('Écrire un commentaire').fill('Prévu ce mois-ci.')
  await drawer.getByRole('button', { name: 'Commenter' }).click()
  await expect(drawer.getByText('Prévu ce mois-ci.')).toBeVisible()
  await drawer.getByRole('combobox', { name: 'État' }).click()
  await page.getByRole('option', { name: 'En cours' }).click()
  await checkAxe(page)
  await shot(page, 'feature-request')
  await drawer.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByRole('row', { name: /Exporter les reçus/ })).toContainText('En cours')
  await page.getByRole('button', { name: /Exporter les reçus/ }).click()
  await drawer.getByRole('button', { name: 'Supprimer' }).click()
  await page.getByRole('dialog', { name: 'Supprimer cette demande ?' }).getByRole('button', { name: 'Supprimer' }).click()
  await expect(page.getByText('Aucune demande')).toBeVisible()
})

test('feature requests in Arabic on a phone', async ({ page }) => {
  await open(page, '/feature-requests', { language: 'ar', phone: true })
  await page.getByRole('button', { name: 'طلب جديد' }).first().click()
  const fresh = page.getByRole('dialog', { name: 'طلب جديد' })
  await fresh.getByLabel('العنوان').fill('تصدير الإيصالات')
  await fresh.getByRole('button', { name: 'إرسال' }).click()
  await expect(page.getByRole('list', { name: 'طلبات الميزات' })).toContainText('تصدير الإيصالات')
  await fitsWidth(page)
  await checkAxe(page)
  await shot(page, 'features-ar-phone')
  await page.getByRole('button', { name: /تصدير الإيصالات/ }).click()
  await page.getByRole('dialog', { name: 'تصدير الإيصالات' }).getByRole('button', { name: 'حذف' }).click()
  await page.getByRole('dialog', { name: 'حذف هذا الطلب؟' }).getByRole('button', { name: 'حذف' }).click()
  await expect(page.getByText('لا توجد طلبات بعد')).toBeVisible()
})

test('whoever looks after the installation alone sees the platform and feature requests, and no desk', async ({ page }) => {
  await server.add('alone@example.com', password, 'platform')
  await openAs(page, server.url, '/', { email: 'alone@example.com', password, language: 'en' })
  await expect(page.getByRole('heading', { name: 'Platform' })).toBeVisible()
  await expect(page.getByRole('navigation').getByRole('link')).toHaveText(['Webhooks received', 'Feature requests', 'Platform'])
  await checkAxe(page)
  await shot(page, 'admin-alone')
})
