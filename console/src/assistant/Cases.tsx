import { Anchor, Button, FileButton, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconDownload, IconPlus, IconSearch, IconTestPipe, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post, put, remove } from '../api/http'
import type { SimulationCase } from '../api/types'
import { may, useMe } from '../app/me'
import { ConfirmButton } from '../parts/Confirm'
import { DataTable } from '../parts/DataTable'
import { EditDrawer, fieldProblem, FormProblem } from '../parts/EditDrawer'
import { matches } from '../parts/fold'
import { SearchField } from '../parts/SearchField'
import { Empty, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useAll } from '../parts/usePages'
import { useDraft } from '../parts/useDraft'
import { dateTime } from '../text/time'

const example = 'name: "Livraison"\nlanguage: fr\nturns:\n  - customer: "Combien coûte la livraison ?"\n    expect:\n      must_say: ["4,90"]\n      handoff: false\n'

export function Cases() {
  const { t, i18n } = useTranslation('assistant')
  const mayChange = may(useMe(), 'assistant')
  const queries = useQueryClient()
  const cases = useAll<SimulationCase>(['cases'], '/api/simulations/cases')
  const [query, setQuery] = useState('')
  const [open, setOpen] = useState<SimulationCase | 'new' | null>(null)
  const bring = useMutation({
    mutationFn: async (file: File) => post<{ added: number; replaced: number }>('/api/simulations/cases/import', { yaml: await file.text() }),
    onSuccess: async (answer) => {
      tellDone(t('cases.imported', { added: answer.added, replaced: answer.replaced }))
      await queries.invalidateQueries({ queryKey: ['cases'] })
    },
    onError: tellProblem,
  })
  const add = mayChange && <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setOpen('new')}>{t('cases.add')}</Button>
  return (
    <Stack gap="md">
      <Group gap="xs">
        <SearchField value={query} onChange={setQuery} label={t('cases.search')} />
        <Button component="a" href="/api/simulations/cases/export" download="simulations.yaml" variant="default" leftSection={<IconDownload size={16} aria-hidden />}>{t('cases.export')}</Button>
        {mayChange && <FileButton accept=".yaml,.yml" onChange={(file) => file && bring.mutate(file)}>{(props) => <Button {...props} variant="default" leftSection={<IconUpload size={16} aria-hidden />} loading={bring.isPending}>{t('cases.import')}</Button>}</FileButton>}
        {add}
      </Group>
      <Loaded query={cases} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconTestPipe} title={t('cases.none')} text={t('cases.noneText')} action={add} />}>
        {(list) => {
          const shown = list.filter((one) => matches(query, one.name, one.yaml))
          return shown.length === 0 ? <Empty icon={IconSearch} title={t('cases.nothing')} /> : (
            <DataTable label={t('cases.title')} rows={shown} onOpen={setOpen} columns={[
              { id: 'name', label: t('cases.name'), show: (row) => <bdi>{row.name}</bdi> },
              { id: 'language', label: t('cases.language'), show: (row) => row.language.toUpperCase(), width: 110 },
              { id: 'at', label: t('cases.changed'), show: (row) => dateTime(row.updated_at, i18n.language), width: 200 },
            ]} />
          )
        }}
      </Loaded>
      {open && <CaseDrawer key={open === 'new' ? 0 : open.id} one={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

function CaseDrawer({ one, onClose }: { one: SimulationCase | null; onClose: () => void }) {
  const { t } = useTranslation('assistant')
  const mayChange = may(useMe(), 'assistant')
  const queries = useQueryClient()
  const draft = useDraft({ yaml: one?.yaml ?? example })
  const done = async (words: string) => {
    tellDone(words)
    await queries.invalidateQueries({ queryKey: ['cases'] })
    onClose()
  }
  const save = useMutation({ mutationFn: () => (one ? put(`/api/simulations/cases/${one.id}`, draft.value) : post('/api/simulations/cases', draft.value)), onSuccess: () => done(t('parts:saved')) })
  const drop = useMutation({ mutationFn: () => remove(`/api/simulations/cases/${one!.id}`), onSuccess: () => done(t('parts:deleted')), onError: tellProblem })
  return (
    <EditDrawer opened size="xl" title={one ? <bdi>{one.name}</bdi> : t('cases.add')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} canSave={one ? draft.isDirty : draft.value.yaml.trim() !== ''} onClose={onClose} onSave={mayChange ? () => save.mutate() : undefined}
      aside={one && mayChange && <ConfirmButton title={t('cases.deleteTitle')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('app:delete')}</ConfirmButton>}>
      <FormProblem error={save.error} shown={['yaml']} />
      <Text size="sm" c="dimmed">{t('cases.yamlAbout')} <Anchor size="sm" href="https://yaml.org" target="_blank" rel="noopener noreferrer">YAML</Anchor></Text>
      <Textarea className="yaml" label={t('cases.yaml')} dir="ltr" spellCheck={false} autosize minRows={14} maxRows={30} readOnly={!mayChange} value={draft.value.yaml} error={fieldProblem(save.error, 'yaml')} onChange={(event) => draft.change({ yaml: event.currentTarget.value })} />
    </EditDrawer>
  )
}
