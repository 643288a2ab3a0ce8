import { Kbd, Text } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type Pick = { id: string; name: string; about?: string; mark?: string }

/** What `/` and `@` offer, above the words. The caret stays in the words; arrows and Enter choose. */
export function PickList({ id, label, picks, active, onActive, onPick, preview, empty }: {
  id: string; label: string; picks: Pick[]; active: number; onActive: (index: number) => void; onPick: (index: number) => void; preview?: ReactNode; empty: ReactNode
}) {
  const { t } = useTranslation('composer')
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [active])
  return (
    <div className="picks">
      <div className="picks-main">
        <Text size="xs" c="dimmed" px="xs" py={4} className="picks-keys"><span>{label}</span><span><Kbd size="xs">↑↓</Kbd> <Kbd size="xs">↵</Kbd> {t('pick.keys')}</span></Text>
        {picks.length === 0 ? <div className="picks-empty">{empty}</div> : (
          <div ref={list} id={id} role="listbox" aria-label={label} className="picks-list">
            {picks.map((pick, i) => (
              <div key={pick.id} id={`${id}-${i}`} role="option" aria-selected={i === active} className="pick" onMouseMove={() => i !== active && onActive(i)}
                onMouseDown={(event) => { event.preventDefault(); onPick(i) }}>
                {pick.mark && <Text span size="xs" fw={600} className="pick-mark"><bdi>{pick.mark}</bdi></Text>}
                <Text span size="sm" className="pick-name"><bdi>{pick.name}</bdi></Text>
                {pick.about && <Text span size="xs" c="dimmed" truncate className="pick-about" dir="auto">{pick.about}</Text>}
              </div>
            ))}
          </div>
        )}
      </div>
      {preview && <div className="picks-preview">{preview}</div>}
    </div>
  )
}
