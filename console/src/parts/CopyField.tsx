import { ActionIcon, CopyButton, TextInput, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** Something to paste elsewhere: shown as it is, copied with one click. */
export function CopyField({ label, value, description }: { label: string; value: string; description?: string }) {
  const { t } = useTranslation('parts')
  return (
    <TextInput label={label} description={description} value={value} readOnly dir="ltr" onFocus={(event) => event.currentTarget.select()} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
      rightSection={(
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={t(copied ? 'copy.done' : 'copy.act')}>
              <ActionIcon onClick={copy} aria-label={t(copied ? 'copy.done' : 'copy.of', { what: label })} color={copied ? 'relais' : 'gray'}>{copied ? <IconCheck size={17} /> : <IconCopy size={17} />}</ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      )} />
  )
}
