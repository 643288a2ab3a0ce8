import { ActionIcon, Group, Text, TextInput } from '@mantine/core'
import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react'
import { useEffect, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'

/** Finds steps by name and text; Enter goes from one to the next. */
export function FlowSearch({ value, onChange, input, hits, onHit }: { value: string; onChange: (value: string) => void; input: RefObject<HTMLInputElement | null>; hits: string[] | null; onHit: (id: string) => void }) {
  const { t } = useTranslation('flows')
  const [place, setPlace] = useState(-1)
  useEffect(() => setPlace(-1), [value])
  const go = (by: number) => {
    if (!hits || hits.length === 0) return
    const next = (place + by + hits.length) % hits.length
    setPlace(next)
    onHit(hits[next]!)
  }
  return (
    <Group gap={2} wrap="nowrap" className="flow-search">
      <TextInput ref={input} type="search" size="sm" aria-label={t('search')} aria-keyshortcuts="Control+F" placeholder={t('search')} value={value} onChange={(event) => onChange(event.currentTarget.value)} leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={value ? <ActionIcon size={24} aria-label={t('parts:clear')} onClick={() => onChange('')}><IconX size={15} /></ActionIcon> : null}
        onKeyDown={(event) => { if (event.key === 'Enter') { event.preventDefault(); go(event.shiftKey ? -1 : 1) } if (event.key === 'Escape') onChange('') }} />
      {hits && <Text span size="xs" c="dimmed" role="status" className="flow-hits">{hits.length === 0 ? t('nothing') : `${place < 0 ? '' : `${place + 1} / `}${hits.length}`}</Text>}
      {hits && hits.length > 1 && <><ActionIcon size={26} aria-label={t('searchBack')} onClick={() => go(-1)}><IconChevronUp size={16} /></ActionIcon><ActionIcon size={26} aria-label={t('searchOn')} onClick={() => go(1)}><IconChevronDown size={16} /></ActionIcon></>}
    </Group>
  )
}
