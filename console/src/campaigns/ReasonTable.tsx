import { Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { count } from '../text/numbers'
import type { Reason } from './types'

/** Why people got nothing, the commonest reason first. */
export function ReasonTable({ reasons, title }: { reasons: Reason[]; title: string }) {
  const { t, i18n } = useTranslation('campaigns')
  if (reasons.length === 0) return null
  return (
    <Table aria-label={title}>
      <Table.Thead><Table.Tr><Table.Th scope="col">{title}</Table.Th><Table.Th scope="col" w={110}>{t('people')}</Table.Th></Table.Tr></Table.Thead>
      <Table.Tbody>
        {reasons.map((one) => (
          <Table.Tr key={one.code}>
            <Table.Td><Text size="sm">{t(`reason.${one.code}`, { defaultValue: one.reason ?? one.code })}</Text></Table.Td>
            <Table.Td>{count(one.count, i18n.language)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
