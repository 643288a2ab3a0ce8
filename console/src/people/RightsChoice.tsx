import { Checkbox, Radio, SimpleGrid, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { rights, type Sees } from './types'

/** Single rights as boxes; those that the chooser does not have cannot be given. */
export function RightsChoice({ label, about, value, allowed, error, readOnly, onChange }: { label: string; about?: string; value: string[]; allowed: string[]; error?: React.ReactNode; readOnly?: boolean; onChange: (value: string[]) => void }) {
  const { t } = useTranslation('people')
  return (
    <Checkbox.Group label={label} description={about} value={value} error={error} readOnly={readOnly} onChange={onChange}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
        {rights.map((right) => <Checkbox key={right} value={right} label={t(`rights.${right}`)} disabled={readOnly || (!allowed.includes(right) && !value.includes(right))} />)}
      </SimpleGrid>
    </Checkbox.Group>
  )
}

const seen: Sees[] = ['all', 'teams', 'mine']

/** Whose conversations somebody sees; nobody lets others see more than they do. */
export function SeesChoice({ value, own, error, readOnly, onChange }: { value: Sees; own: Sees; error?: React.ReactNode; readOnly?: boolean; onChange: (value: Sees) => void }) {
  const { t } = useTranslation('people')
  return (
    <Radio.Group label={t('sees.title')} value={value} readOnly={readOnly} error={error} onChange={(sees) => onChange(sees as Sees)}>
      <Stack gap="xs" mt="xs">{seen.map((sees, i) => <Radio key={sees} value={sees} label={t(`sees.${sees}`)} description={t(`seesTexts.${sees}`)} disabled={readOnly || (i < seen.indexOf(own) && sees !== value)} />)}</Stack>
    </Radio.Group>
  )
}
