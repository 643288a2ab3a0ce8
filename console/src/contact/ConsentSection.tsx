import { Badge, Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { post } from '../api/http'
import { may, useMe } from '../app/me'
import { Loaded } from '../parts/States'
import { dateTime } from '../text/time'
import { useConsents, useContactActs } from './api'
import type { Contact, Purpose } from './types'

const purposes: Purpose[] = ['all', 'marketing', 'utility']
const colours = { granted: 'green', withdrawn: 'red', unknown: 'gray' }

/** What the customer agreed to, with the proof of it; a person may record what came another way. */
export function ConsentSection({ contact }: { contact: Contact }) {
  const { t, i18n } = useTranslation('contact')
  const mayChange = may(useMe(), 'contacts')
  const ledger = useConsents(contact.id, true)
  const { act, acting } = useContactActs(contact.id)
  const [opened, setOpened] = useState(false)
  const [purpose, setPurpose] = useState<Purpose>('marketing')
  const [state, setState] = useState<'granted' | 'withdrawn'>('granted')
  const [proof, setProof] = useState('')
  const record = async () => {
    if (await act(`consent${purpose}${state}${proof}`, (key) => post(`/api/contacts/${contact.id}/consents`, { purpose, state, proof: proof.trim() }, { key }))) {
      setOpened(false)
      setProof('')
    }
  }
  return (
    <Stack gap="xs">
      {purposes.map((one) => (
        <Group key={one} justify="space-between" gap={4}>
          <Text size="sm">{t(`consents.purpose.${one}`)}</Text>
          <Badge size="sm" variant="light" color={colours[contact.consents[one]]} tt="none">{t(`consents.${contact.consents[one]}`)}</Badge>
        </Group>
      ))}
      {opened ? (
        <form onSubmit={(event) => { event.preventDefault(); void record() }}>
          <Stack gap={6}>
            <Select size="xs" label={t('consents.for')} value={purpose} allowDeselect={false} onChange={(value) => setPurpose(value as Purpose)} data={purposes.map((value) => ({ value, label: t(`consents.purpose.${value}`) }))} />
            <SegmentedControl size="xs" value={state} onChange={(value) => setState(value as 'granted')} data={(['granted', 'withdrawn'] as const).map((value) => ({ value, label: t(`consents.${value}`) }))} />
            <TextInput size="xs" label={t('consents.proof')} description={t('consents.proofAbout')} value={proof} maxLength={500} required onChange={(event) => setProof(event.currentTarget.value)} dir="auto" />
            <Group gap="xs"><Button size="xs" type="submit" disabled={!proof.trim()} loading={acting?.startsWith('consent') ?? false}>{t('app:save')}</Button><Button size="xs" variant="default" onClick={() => setOpened(false)}>{t('app:cancel')}</Button></Group>
          </Stack>
        </form>
      ) : mayChange && <Button size="xs" variant="default" onClick={() => setOpened(true)}>{t('consents.record')}</Button>}
      <Loaded query={ledger} loading={<Text size="sm">…</Text>}>
        {(all) => all.map((line) => (
          <div key={line.id} className="contact-line">
            <Text size="xs"><b>{t(`consents.${line.state}`)}</b> · {t(`consents.purpose.${line.purpose}`)} · {t(`consents.source.${line.source}`, { defaultValue: line.source })}</Text>
            {line.proof && <Text size="xs" dir="auto">« {line.proof} »</Text>}
            <Text size="xs" c="dimmed">{dateTime(line.at, i18n.language)}</Text>
          </div>
        ))}
      </Loaded>
    </Stack>
  )
}
