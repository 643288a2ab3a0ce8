import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

export function SearchField({ value, onChange, label }: { value: string; onChange: (value: string) => void; label: string }) {
  const { t } = useTranslation('parts')
  return (
    <TextInput type="search" className="search-field" aria-label={label} placeholder={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={value ? <CloseButton size="sm" aria-label={t('clear')} onClick={() => onChange('')} /> : null} />
  )
}
