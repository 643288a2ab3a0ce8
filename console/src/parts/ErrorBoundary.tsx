import { Button, Center, Stack, Text, Title } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import i18next from 'i18next'

/** What is shown instead of a blank page when something of the console itself fails. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    if (!this.state.error) return this.props.children
    return (
      <Center mih="60dvh" p="md">
        <Stack align="center" maw={440} role="alert">
          <Title order={1}>{i18next.t('app:broken.title')}</Title>
          <Text ta="center" c="dimmed">{i18next.t('app:broken.text')}</Text>
          <Text ff="monospace" size="xs" c="dimmed" dir="ltr">{this.state.error.message}</Text>
          <Button onClick={() => location.reload()}>{i18next.t('app:broken.reload')}</Button>
        </Stack>
      </Center>
    )
  }
}
