import { Button, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { get, post } from '../api/http'
import type { PromptVersion } from '../api/types'
import { may, useMe } from '../app/me'
import { EditDrawer } from '../parts/EditDrawer'
import { Lines, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { forced, useForced } from '../parts/useForced'

type Diff = { from: number; to: number; fields: { field: string; lines: { change: string; text: string }[] }[] }

const marks: Record<string, string> = { added: '+', removed: '−' }

/** What a version changed, against the one before or another; and putting it to use. */
export function VersionDrawer({ version, all, onClose }: { version: PromptVersion; all: number[]; onClose: () => void }) {
  const { t } = useTranslation('assistant')
  const mayChange = may(useMe(), 'assistant')
  const queries = useQueryClient()
  const gate = useForced()
  const [from, setFrom] = useState(String(version.version - 1))
  const diff = useQuery({ queryKey: ['prompt-diff', version.version, from], queryFn: () => get<Diff>(`/api/ai/prompt/versions/${version.version}/diff?from=${from}`) })
  const publish = useMutation({
    mutationFn: (force: boolean) => post(forced(`/api/ai/prompt/versions/${version.version}/publish`, force)),
    onSuccess: async () => {
      tellDone(t('prompt.published', { version: version.version }))
      await Promise.all([queries.invalidateQueries({ queryKey: ['prompt'] }), queries.invalidateQueries({ queryKey: ['prompt-versions'] })])
      onClose()
    },
    onError: (error) => gate.caught(error, () => publish.mutate(true)) || tellProblem(error),
  })
  return (
    <>
      <EditDrawer opened size="xl" title={t('prompt.versionName', { version: version.version })} isDirty={false} onClose={onClose} aside={mayChange && !version.is_in_use && <Button loading={publish.isPending} onClick={() => publish.mutate(false)}>{t('prompt.use')}</Button>}>
        {version.note && <Text size="sm" dir="auto">{version.note}</Text>}
        <Select label={t('prompt.compare')} allowDeselect={false} value={from} onChange={(value) => value && setFrom(value)} data={[...all.filter((other) => other !== version.version), 0].map((other) => ({ value: String(other), label: other === 0 ? t('prompt.nothing') : t('prompt.versionName', { version: other }) })).filter((item, i, list) => list.findIndex((one) => one.value === item.value) === i)} />
        <Loaded query={diff} loading={<Lines count={3} />} isEmpty={(answer) => answer.fields.length === 0} empty={<Text size="sm" c="dimmed">{t('prompt.same')}</Text>}>
          {(answer) => answer.fields.map((field) => (
            <Stack key={field.field} gap={4}>
              <Text size="sm" fw={600}>{t(`prompt.fields.${field.field}`, { defaultValue: field.field })}</Text>
              {field.lines.map((line, i) => <div key={i} className={`diff-line diff-${line.change}`}><span aria-label={t(`prompt.changes.${line.change}`, { defaultValue: '' }) || undefined} role={marks[line.change] ? 'img' : undefined}>{marks[line.change] ?? ' '}</span><span dir="auto">{line.text}</span></div>)}
            </Stack>
          ))}
        </Loaded>
      </EditDrawer>
      {gate.dialog}
    </>
  )
}
