import './parts.css'
import { Box, Group, Stack, Text, Title } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import { usePageTitle } from '../app/title'

/** A page of the desk other than the inbox: its title, what it is for, its main acts, its content. */
export function PageFrame({ title, about, actions, children, wide }: { title: string; about?: string; actions?: ReactNode; children: ReactNode; wide?: boolean }) {
  const setTitle = usePageTitle()
  useEffect(() => setTitle(title), [setTitle, title])
  return (
    <Box id="main" tabIndex={-1} className="page">
      <Stack maw={wide ? 1500 : 1080} mx="auto" p={{ base: 'sm', sm: 'lg' }} gap="md">
        <Group justify="space-between" align="flex-start" gap="sm">
          <div className="page-head">
            <Title order={1}>{title}</Title>
            {about && <Text c="dimmed" size="sm" maw={680}>{about}</Text>}
          </div>
          {actions && <Group gap="xs">{actions}</Group>}
        </Group>
        {children}
      </Stack>
    </Box>
  )
}
