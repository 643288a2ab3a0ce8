import './system.css'
import { Code, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'

export function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <Table withRowBorders={false} verticalSpacing={4} layout="fixed">
      <Table.Tbody>{facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([label, value]) => <Table.Tr key={label}><Table.Th scope="row" w="38%"><Text size="sm" c="dimmed">{label}</Text></Table.Th><Table.Td className="fact-value"><Text size="sm" component="div">{value}</Text></Table.Td></Table.Tr>)}</Table.Tbody>
    </Table>
  )
}

/** JSON indented; anything else as it is. Never more than a screen can hold. */
export function pretty(text: string, most = 40_000): string {
  try {
    text = JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    // It is no JSON, or was cut when it was stored.
  }
  return text.length > most ? `${text.slice(0, most)}…` : text
}

export function Raw({ label, text }: { label: string; text: string | null | undefined }) {
  if (!text) return null
  return <div><Text size="sm" c="dimmed" mb={4}>{label}</Text><Code block dir="ltr" className="raw" tabIndex={0} aria-label={label} role="region">{pretty(text)}</Code></div>
}
