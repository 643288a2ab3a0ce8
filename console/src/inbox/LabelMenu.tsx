import { ActionIcon, Checkbox, Popover, ScrollArea, Stack, Text } from '@mantine/core'
import { IconTag } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Acts } from './acts'
import { safeColour } from './ConversationRow'
import { useLabels } from './directory'
import type { Row } from './types'

export function LabelMenu({ conversation, acts }: { conversation: Row; acts: Acts }) {
  const { t } = useTranslation('inbox')
  const labels = useLabels().data ?? []
  const own = conversation.labels ?? []
  return (
    <Popover position="bottom-end" width={240} trapFocus withArrow>
      <Popover.Target><ActionIcon size="lg" aria-label={t('act.label')} title={t('act.label')}><IconTag size={19} /></ActionIcon></Popover.Target>
      <Popover.Dropdown>
        <ScrollArea.Autosize mah={280}>
          <Stack gap="xs">
            {labels.length === 0 && <Text size="sm" c="dimmed">{t('labels.none')}</Text>}
            {labels.map((label) => {
              const has = own.includes(label.id)
              return (
                <Checkbox key={label.id} size="sm" checked={has} label={<span className="label plain"><i style={{ background: safeColour(label.color) }} aria-hidden /><bdi>{label.name}</bdi></span>}
                  onChange={() => void (has ? acts.label([], [label.id], own.filter((id) => id !== label.id)) : acts.label([label.id], [], [...own, label.id]))} />
              )
            })}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}
