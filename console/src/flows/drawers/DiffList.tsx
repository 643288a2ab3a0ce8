import { Stack, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { asText } from '../model/definition'
import type { FlowDiff } from '../types'
import { StepLink } from './ReportList'

/** What a path of the definition is called: "properties.relais.choices[0].title" is the text of a choice. */
function placeName(t: TFunction<'flows'>, path: string): string {
  const key = path.replace(/\[\d+\]|\.\d+(?=\.|$)/g, '').replace(/^properties\./, '').replace(/^relais\./, '')
  const language = key.match(/^languages\.(\w+)\./)?.[1]
  const plain = key.replace(/^languages\.\w+\./, '')
  const place = t(`place.${plain.replaceAll('.', '_')}`, { defaultValue: plain })
  return language ? `${place} (${language})` : place
}

/** Two versions compared, in words: added, removed, changed from what to what. */
export function DiffList({ diff }: { diff: FlowDiff }) {
  const { t } = useTranslation('flows')
  const whole = diff.flow ?? []
  const nothing = diff.added.length + diff.removed.length + diff.changed.length + whole.length === 0
  return (
    <Stack gap="sm" className="flow-diff">
      {diff.added.length > 0 && <Text size="sm" component="div"><b className="flow-added">{t('diff.added', { count: diff.added.length })}</b> {diff.added.map((name) => <bdi key={name} className="flow-tag">{name}</bdi>)}</Text>}
      {diff.removed.length > 0 && <Text size="sm" component="div"><b className="flow-removed">{t('diff.removed', { count: diff.removed.length })}</b> {diff.removed.map((name) => <bdi key={name} className="flow-tag">{name}</bdi>)}</Text>}
      {diff.changed.map((one) => (
        <div key={one.step} className="flow-change">
          <Text size="sm" component="div"><b>{t('diff.changed')}</b> <StepLink name={one.step} /></Text>
          <Changes list={one.changes} />
        </div>
      ))}
      {whole.length > 0 && <div className="flow-change"><Text size="sm" fw={700}>{t('diff.flow')}</Text><Changes list={whole} /></div>}
      {diff.moved.length > 0 && <Text size="sm" c="dimmed">{t('diff.moved', { count: diff.moved.length })}</Text>}
      {nothing && diff.moved.length === 0 && <Text size="sm" c="dimmed">{t('diff.none')}</Text>}
    </Stack>
  )
}

function Changes({ list }: { list: { path: string; before: unknown; after: unknown }[] }) {
  const { t } = useTranslation('flows')
  return (
    <dl>
      {list.map((change, i) => (
        <div key={i}>
          <dt>{placeName(t, change.path)}</dt>
          {asText(change.before) !== '' && <dd><del dir="auto">{asText(change.before)}</del></dd>}
          {asText(change.after) !== '' && <dd><ins dir="auto">{asText(change.after)}</ins></dd>}
        </div>
      ))}
    </dl>
  )
}
