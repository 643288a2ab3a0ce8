import { ActionIcon, Group, SegmentedControl, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHealth } from '../../app/health'
import type { OpenFlow } from '../types'
import type { Watched } from '../useMarks'
import { DryRunChat } from './DryRunChat'
import { LivePhone } from './LivePhone'

type Props = { flow: OpenFlow; flush: () => Promise<void>; onWatch: (watched: Watched | null) => void; onClose: () => void; onFlow: (flow: OpenFlow) => void }

/** A customer's side of the flow beside it: the draft tried out without sending anything, or a phone of the simulator where there is one. */
export function TestPane(props: Props) {
  const { t } = useTranslation('flows')
  const isDemo = useHealth().data?.demo === true
  const [side, setSide] = useState('dry')
  const { onWatch } = props
  useEffect(() => () => onWatch(null), [onWatch, side])
  return (
    <section className="flow-test" aria-label={t('test.title')}>
      <Group className="flow-panel-head" gap="xs" wrap="nowrap">
        {isDemo
          ? <SegmentedControl flex={1} size="xs" value={side} onChange={setSide} aria-label={t('test.title')} data={[{ value: 'dry', label: t('test.dry') }, { value: 'phone', label: t('test.phone') }]} />
          : <Text size="sm" fw={600} flex={1}>{t('test.title')}</Text>}
        <ActionIcon aria-label={t('app:close')} onClick={props.onClose}><IconX size={18} /></ActionIcon>
      </Group>
      {side === 'dry' ? <DryRunChat {...props} /> : <LivePhone {...props} />}
    </section>
  )
}

export type TestProps = Props
