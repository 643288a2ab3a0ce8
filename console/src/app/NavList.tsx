import { ActionIcon, AppShell, Avatar, Badge, Group, Kbd, Menu, NavLink, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { useQueryClient } from '@tanstack/react-query'
import { IconCheck, IconCircleFilled, IconDeviceDesktop, IconKeyboard, IconLanguage, IconLogout, IconMoon, IconSearch, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { post } from '../api/http'
import { languageNames, languages } from '../languages'
import { openKeyboardHelp } from './KeyboardHelp'
import { useSpeak } from './LanguageChoice'
import { keepLook, type Scheme } from './look'
import type { Language } from '../languages'
import { useMe } from './me'
import { baseOf, inNavigation, navGroups, type Page } from './page'
import { presenceColours, useMyPresence, type PresenceState } from './useOwnPresence'
import { useUnread } from './title'

export function NavList({ pages, onGo }: { pages: Page[]; onGo: () => void }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const unread = useUnread()
  return (
    <>
      <UnstyledButton className="nav-search" onClick={spotlight.open}>
        <IconSearch size={16} aria-hidden />
        <Text span size="sm" c="dimmed" flex={1}>{t('app:palette.open')}</Text>
        <Kbd size="xs">Ctrl K</Kbd>
      </UnstyledButton>
      {navGroups.map((group) => {
        const own = inNavigation(pages).filter((page) => page.nav!.group === group)
        return own.length > 0 && (
          <div key={group} role="group" aria-label={t(`app:group.${group}`)}>
            {group !== 'work' && <Text size="xs" fw={600} c="dimmed" px="sm" pt="md" pb={4}>{t(`app:group.${group}`)}</Text>}
            {own.map((page) => {
              const { icon: Icon, label } = page.nav!
              const base = baseOf(page)
              const active = base === '/' ? pathname === '/' : pathname === base || pathname.startsWith(`${base}/`)
              return (
                <NavLink key={page.path} component={Link} to={base} label={t(label)} active={active} onClick={onGo} aria-current={active ? 'page' : undefined}
                  leftSection={<Icon size={19} stroke={1.7} aria-hidden />} className="nav-link"
                  onMouseEnter={() => void page.load()}
                  rightSection={base === '/inbox' && unread > 0 ? <Badge size="sm" circle={unread < 10} aria-label={t('app:unread', { count: unread })}>{unread > 99 ? '99+' : unread}</Badge> : undefined} />
              )
            })}
          </div>
        )
      })}
    </>
  )
}

const states: PresenceState[] = ['online', 'busy', 'away']

NavList.Foot = function Foot({ onGo }: { onGo: () => void }) {
  const { t, i18n } = useTranslation('app')
  const me = useMe()
  const queries = useQueryClient()
  const speak = useSpeak()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [presence, setPresence] = useMyPresence()
  const choose = (scheme: Scheme) => {
    setColorScheme(scheme)
    keepLook(i18n.language as Language, scheme)
  }
  const leave = async () => {
    await post('/api/auth/logout').catch(() => undefined)
    queries.clear()
    queries.setQueryData(['me'], null)
  }
  return (
    <AppShell.Section className="nav-foot">
      <Menu position="top-start" width={230} closeOnItemClick>
        <Menu.Target>
          <UnstyledButton className="nav-me" aria-label={t('menu.me', { name: me.user.name })}>
            <span className="nav-avatar">
              <Avatar name={me.user.name} color="initials" size={34} radius="xl" aria-hidden />
              <IconCircleFilled size={12} className="nav-presence" color={presenceColours[presence]} aria-hidden />
            </span>
            <span className="nav-me-words">
              <Text span size="sm" fw={600} truncate component="span"><bdi>{me.user.name}</bdi></Text>
              <Text span size="xs" c="dimmed" truncate component="span">{t(`presence.${presence}`)} · <bdi>{me.tenant?.name}</bdi></Text>
            </span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('presence.title')}</Menu.Label>
          {states.map((state) => (
            <Menu.Item key={state} onClick={() => setPresence(state)} leftSection={<IconCircleFilled size={12} color={presenceColours[state]} aria-hidden />}
              rightSection={presence === state ? <IconCheck size={14} aria-hidden /> : null}>{t(`presence.${state}`)}</Menu.Item>
          ))}
          <Menu.Label>{t('language')}</Menu.Label>
          {languages.map((language) => (
            <Menu.Item key={language} lang={language} onClick={() => void speak(language)} leftSection={<IconLanguage size={16} aria-hidden />}
              rightSection={i18n.language === language ? <IconCheck size={14} aria-hidden /> : null}>{languageNames[language]}</Menu.Item>
          ))}
          <Menu.Label>{t('scheme.title')}</Menu.Label>
          <Group px="sm" pb={6} gap={4} role="group" aria-label={t('scheme.title')}>
            {([['light', IconSun], ['dark', IconMoon], ['auto', IconDeviceDesktop]] as const).map(([scheme, Icon]) => (
              <ActionIcon key={scheme} size="lg" variant={colorScheme === scheme ? 'light' : 'subtle'} color={colorScheme === scheme ? 'relais' : 'gray'} aria-pressed={colorScheme === scheme}
                aria-label={t(`scheme.${scheme}`)} onClick={() => choose(scheme)}><Icon size={18} /></ActionIcon>
            ))}
          </Group>
          <Menu.Divider />
          <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={() => { onGo(); openKeyboardHelp() }}>{t('keys.title')}</Menu.Item>
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden className="mirrored" />} onClick={() => void leave()}>{t('signOut')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </AppShell.Section>
  )
}
