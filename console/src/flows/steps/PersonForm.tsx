import { Select, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useTeams } from '../../inbox/directory'
import { languageNames, languages } from '../../languages'
import { Fold } from './Fold'
import { LiquidField } from './LiquidField'
import type { Step } from './useStep'

/** A person takes over: what the customer is told, and for whom it is. */
export function PersonForm({ step }: { step: Step }) {
  const { t } = useTranslation('flows')
  const teams = (useTeams().data ?? []).map((team) => team.name)
  const team = step.text('relais', 'team')
  return (
    <Stack gap="md">
      <LiquidField step={step} path={['relais', 'text']} label={t('person.text')} about={t('person.textAbout')} rows={3} />
      <Fold label={t('person.languages')} isOpen={step.value('relais', 'languages') !== undefined}>
        {languages.map((language) => <LiquidField key={language} step={step} path={['relais', 'languages', language, 'text']} label={`${t('person.text')} · ${languageNames[language]}`} rows={2} />)}
      </Fold>
      <Select label={t('person.team')} clearable searchable value={team || null} readOnly={step.readOnly} placeholder={t('person.anyTeam')} clearButtonProps={{ 'aria-label': t('person.anyTeam') }} data={[...new Set([...teams, ...(team ? [team] : [])])]} onChange={(next) => step.set(['relais', 'team'], next ?? undefined)} />
      <TextInput label={t('person.reason')} dir="auto" value={step.text('relais', 'reason')} readOnly={step.readOnly} onChange={(event) => step.set(['relais', 'reason'], event.currentTarget.value)} />
      <LiquidField step={step} path={['attributes']} label={t('person.attributes')} about={t('person.attributesAbout')} rows={3} />
    </Stack>
  )
}
