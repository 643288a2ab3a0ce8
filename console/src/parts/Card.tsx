import { Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'

/** A block of a page: what it is, a sentence, what it holds. */
export function Card({ title, about, actions, children }: { title?: string; about?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <Paper withBorder radius="lg" p={{ base: 'md', sm: 'lg' }} className="card" component="section" aria-label={title}>
      <Stack gap="md">
        {(title || actions) && (
          <Group justify="space-between" align="flex-start" gap="xs">
            <div>
              {title && <Title order={2} size="h3">{title}</Title>}
              {about && <Text size="sm" c="dimmed" component="div" maw={640}>{about}</Text>}
            </div>
            {actions && <Group gap="xs">{actions}</Group>}
          </Group>
        )}
        {children}
      </Stack>
    </Paper>
  )
}
