import { Spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { baseOf, type Page } from './page'
import { useCommands } from './commands'
import { useShortcutList } from './shortcuts'

/** Ctrl/⌘+K: every page, what can be done here, and a way to search everything for what was typed. */
export function Palette({ pages }: { pages: Page[] }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [query, setQuery] = useState('')
  const commands = useCommands()
  const shortcuts = useShortcutList()
  const actions: SpotlightActionData[] = [
    ...commands.map((command) => ({ id: command.id, label: command.label, description: command.about, onClick: command.run, leftSection: command.icon })),
    ...shortcuts.filter((s) => !s.id.startsWith('go-') && s.id !== 'help').map((s) => ({ id: `key-${s.id}`, label: t(s.label), onClick: s.run })),
    ...pages.filter((page) => page.nav).map((page) => {
      const Icon = page.nav!.icon
      return { id: page.path, label: t(page.nav!.label), description: t('app:palette.page'), onClick: () => void navigate(baseOf(page)), leftSection: <Icon size={20} stroke={1.6} aria-hidden /> }
    }),
    ...(query.trim() && pages.some((page) => page.path === '/search') ? [{
      id: 'search', label: t('app:palette.search', { query: query.trim() }), keywords: query, leftSection: <IconSearch size={20} stroke={1.6} aria-hidden />,
      onClick: () => void navigate(`/search?q=${encodeURIComponent(query.trim())}`),
    }] : []),
  ]
  return (
    <Spotlight actions={actions} query={query} onQueryChange={setQuery} shortcut={['mod + K']} limit={12} scrollable maxHeight={420} nothingFound={t('app:palette.nothing')}
      searchProps={{ placeholder: t('app:palette.placeholder'), 'aria-label': t('app:palette.placeholder'), leftSection: <IconSearch size={18} aria-hidden /> }} />
  )
}
