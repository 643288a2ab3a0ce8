import { Checkbox, SimpleGrid } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { rights } from './types'

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
