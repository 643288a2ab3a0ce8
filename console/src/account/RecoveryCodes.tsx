import { Alert, Button, CopyButton, Group, SimpleGrid, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Shown this once: to be kept outside the phone. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation('account')
  const text = codes.join('\n') + '\n'
  const download = () => {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    Object.assign(document.createElement('a'), { href: address, download: 'relais-recovery-codes.txt' }).click()
    setTimeout(() => URL.revokeObjectURL(address), 1000)
  }
  return (
    <Stack>
      <Alert color="yellow" title={t('codes.title')}>{t('codes.text')}</Alert>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label={t('codes.title')}>
        {codes.map((code) => <li key={code}><bdi dir="ltr"><code className="recovery-code">{code}</code></bdi></li>)}
      </SimpleGrid>
      <Group>
        <Button variant="default" onClick={download}>{t('codes.download')}</Button>
        <CopyButton value={text}>{({ copied, copy }) => <Button variant="default" onClick={copy}>{t(copied ? 'parts:copy.done' : 'codes.copy')}</Button>}</CopyButton>
        <Button onClick={onDone}>{t('codes.kept')}</Button>
      </Group>
    </Stack>
  )
}
