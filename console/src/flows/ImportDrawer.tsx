import { Alert, Button, FileButton, Group, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { IconFile } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { EditDrawer, FormProblem } from '../parts/EditDrawer'
import { Lines } from '../parts/States'
import { checkFlow, createFlow, useRefreshed } from './api'
import { ReportList } from './drawers/ReportList'
import { asText, definitionIn, parsed } from './model/definition'

/** A Studio export, pasted or dropped: what of it runs is said before it is kept. */
export function ImportDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('flows')
  const go = useNavigate()
  const refreshed = useRefreshed()
  const [text, setText] = useState('')
  const [name, setName] = useState('')
  const read = useMemo(() => definitionIn(parsed(text)), [text])
  const suggested = read?.name ?? asText(read?.definition.description).slice(0, 60)
  const report = useQuery({ queryKey: ['flows', 'check', text], queryFn: ({ signal }) => checkFlow(read!.definition, signal), enabled: read !== null, gcTime: 0 })
  const save = useMutation({
    mutationFn: () => createFlow(read!.definition, name.trim() || suggested || undefined),
    onSuccess: (flow) => { refreshed(); void go(`/flows/${flow.id}`) },
  })
  const take = async (file: File | null | undefined) => { if (file) setText(await file.text()) }
  return (
    <EditDrawer opened title={t('import.title')} size="xl" isDirty={text.trim() !== ''} saving={save.isPending} saveLabel={t('import.act')} canSave={read !== null} onSave={() => save.mutate()} onClose={onClose}>
      <Text size="sm" c="dimmed">{t('import.about')}</Text>
      <div onDragOver={(event) => event.preventDefault()} onDrop={(event) => { const file = event.dataTransfer.files[0]; if (file) { event.preventDefault(); void take(file) } }}>
        <Textarea label={t('import.json')} placeholder={t('import.drop')} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={6} maxRows={12} dir="ltr" classNames={{ input: 'mono' }} spellCheck={false}
          error={text.trim() !== '' && read === null ? t('import.wrong') : undefined} />
      </div>
      <Group><FileButton accept="application/json,.json" onChange={(file) => void take(file)}>{(props) => <Button {...props} variant="default" size="compact-sm" leftSection={<IconFile size={15} aria-hidden />}>{t('import.file')}</Button>}</FileButton></Group>
      {read && (
        <>
          <TextInput label={t('name')} placeholder={suggested} maxLength={100} dir="auto" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Text className="field-label">{t('import.report', { count: read.definition.states.length })}</Text>
          {report.data ? <ReportList report={report.data} /> : report.error ? <Alert color="red">{t('app:failed.text')}</Alert> : <Lines count={3} height={28} />}
        </>
      )}
      <FormProblem error={save.error} />
    </EditDrawer>
  )
}
