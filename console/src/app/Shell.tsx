import { AppShell, Burger, Button, Group, ScrollArea } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconMapOff } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, type ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, Route, Routes, useLocation, useNavigate } from 'react-router'
import { ErrorBoundary } from '../parts/ErrorBoundary'
import { Empty, Lines } from '../parts/States'
import { TenantMark } from '../branding/TenantMark'
import { useWaitingCount } from '../inbox/useCounts'
import { ConnectionBanner } from './ConnectionBanner'
import { EnteredBanner } from './EnteredBanner'
import { useHealth } from './health'
import { HeldBanner } from './HeldBanner'
import { KeyboardHelp } from './KeyboardHelp'
import { Mark } from './Mark'
import { may, useMe } from './me'
import { NavList } from './NavList'
import { baseOf, inNavigation, pages, type Page } from './page'
import { Palette } from './Palette'
import { useLiveCache } from './useLiveCache'
import { useShortcuts } from './shortcuts'
import { useAlerts } from './useAlerts'
import { useOwnPresence } from './useOwnPresence'

const views = new Map<Page, ComponentType>(pages.map((page) => [page, lazy(page.load)]))

/** Everything around a page: navigation, keys, the palette, the connection. */
export function Shell() {
  const me = useMe()
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const location = useLocation()
  const [opened, menu] = useDisclosure(false)
  const isPhone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768) ?? false
  // The thread of a conversation has the phone's screen to itself.
  const isThread = /^\/inbox\/\d+/.test(location.pathname)
  // Until the server has said so, whoever asks for the page is not sent away.
  const isDemo = useHealth().data?.demo ?? location.pathname === '/demo'
  const mine = useMemo(() => {
    const isFor = (who: Page['for']) => !who || (who === 'platform' ? me.user.is_platform : who === 'demo' ? isDemo : may(me, who))
    return pages.filter((page) => isFor(page.for) && (me.tenant || page.withoutTenant) && (!page.everybody || me.user.sees === 'all'))
  }, [isDemo, me])
  // Whoever looks after the installation alone has no desk: nothing of one is asked for.
  const hasDesk = !!me.tenant
  // The feed and the counts are of conversations: who may not see those is not told of them.
  const hasInbox = hasDesk && may(me, 'conversations')
  // Whoever may not see the overview begins at the first page that is theirs.
  const home = mine.some((page) => page.path === '/') ? null : hasDesk ? inNavigation(mine).find((page) => page.for !== 'demo') : mine.find((page) => page.path === '/admin')
  useLiveCache(hasInbox)
  useAlerts()
  useOwnPresence(hasDesk)
  useWaitingCount(hasInbox)
  useShortcuts(mine.filter((page) => page.goTo && page.nav).map((page) => ({
    id: `go-${page.path}`, keys: ['KeyG', page.goTo!], label: page.nav!.label, run: () => void navigate(baseOf(page)),
  })))

  return (
    <AppShell header={{ height: 52, collapsed: !isPhone || isThread }} navbar={{ width: 216, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding={0}>
      <a className="skip" href="#main">{t('skip')}</a>
      <AppShell.Header px="sm">
        <Group h="100%" justify="space-between">
          <Burger opened={opened} onClick={menu.toggle} size="sm" aria-label={t(opened ? 'menu.close' : 'menu.open')} />
          <Mark size={26} />
          <span className="header-balance" />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar component="nav" aria-label={t('menu.main')}>
        <AppShell.Section p="md" pb="xs" visibleFrom="sm"><TenantMark /></AppShell.Section>
        <AppShell.Section grow component={ScrollArea} type="never" px="xs" pt={{ base: 'sm', sm: 0 }}>
          <NavList pages={mine} onGo={menu.close} />
        </AppShell.Section>
        <NavList.Foot onGo={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main className="shell-main">
        <EnteredBanner />
        {hasInbox && <ConnectionBanner />}
        <HeldBanner />
        <ErrorBoundary key={location.pathname.split('/')[1]}>
          <Suspense fallback={<Lines />}>
            <Routes>
              {mine.map((page) => {
                const View = views.get(page)!
                return <Route key={page.path} path={page.path} element={<View />} />
              })}
              {home && <Route path="/" element={<Navigate to={baseOf(home)} replace />} />}
              <Route path="*" element={<Empty icon={IconMapOff} title={t('lost.title')} text={t('lost.text')} action={hasInbox && <Button component={Link} to="/inbox" variant="default">{t('lost.go')}</Button>} />} />
            </Routes>
          </Suspense>
        </ErrorBoundary>
      </AppShell.Main>
      <Palette pages={mine} />
      <KeyboardHelp />
    </AppShell>
  )
}
