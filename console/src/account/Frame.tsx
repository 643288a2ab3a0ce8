import { Center, Group, Paper, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { LanguageChoice } from '../app/LanguageChoice'
import { Mark } from '../app/Mark'

/** The page of whoever is at the door: one card in the middle, and what stands below it. */
export function Frame({ children, below, width = 400 }: { children: ReactNode; below?: ReactNode; width?: number }) {
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={width} gap="lg">
        <Group justify="space-between"><Mark size={36} /><LanguageChoice /></Group>
        <Paper withBorder p="lg" radius="lg" shadow="sm">{children}</Paper>
        {below}
      </Stack>
    </Center>
  )
}
