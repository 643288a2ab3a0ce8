import { Accordion, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'

/** One fold of the panel. What is inside is asked for when it is opened. */
export function Section({ name, title, count, children }: { name: string; title: string; count?: number | null; children: ReactNode }) {
  return (
    <Accordion.Item value={name}>
      <Accordion.Control>
        <Group gap={6} wrap="nowrap"><Text span size="sm" fw={600}>{title}</Text>{!!count && <Text span size="xs" c="dimmed">{count}</Text>}</Group>
      </Accordion.Control>
      <Accordion.Panel>{children}</Accordion.Panel>
    </Accordion.Item>
  )
}
