import { Alert, Group, Stack, Table, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { remove } from '../api/http'
import type { Template } from '../api/types'
import { may, useMe } from '../app/me'
import { ConfirmButton } from '../parts/Confirm'
import { EditDrawer } from '../parts/EditDrawer'
import { tellDone, tellProblem } from '../parts/tell'
import { dateTime } from '../text/time'
import { TemplatePreview } from './TemplatePreview'
import { TemplateStatus } from './TemplateStatus'
import { useInboxNames } from './TemplatesPage'

/** One template: how it looks, where it stands and why. WhatsApp lets nobody change an approved one; it is deleted and made anew. */
export function TemplateDrawer({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t, i18n } = useTranslation('templates')
  const mayChange = may(useMe(), 'settings')
  const queries = useQueryClient()
  const inboxes = useInboxNames()
  const drop = useMutation({
    mutationFn: () => remove(`/api/templates/${template.id}`),
    onSuccess: async () => {
      tellDone(t('parts:deleted'))
      await queries.invalidateQueries({ queryKey: ['templates'] })
      onClose()
    },
    onError: tellProblem,
  })
  const names = inboxes.data?.filter((inbox) => template.inbox_ids.includes(inbox.id)).map((inbox) => inbox.display_name ?? inbox.name).join(', ')
  const facts: [string, string | null | undefined][] = [
    [t('language'), template.language.toUpperCase()], [t('category'), t(`categories.${template.category}`, { defaultValue: template.category })], [t('number'), names], [t('quality'), template.quality],
    [t('variables'), template.variables.join(', ')], [t('syncedAt'), template.synced_at && dateTime(template.synced_at, i18n.language)],
  ]
  return (
    <EditDrawer opened title={<span dir="ltr">{template.name}</span>} isDirty={false} onClose={onClose}
      aside={mayChange && <ConfirmButton title={t('deleteTitle')} text={t('deleteText')} act={t('app:delete')} busy={drop.isPending} onConfirm={() => drop.mutate()}>{t('app:delete')}</ConfirmButton>}>
      <Group><TemplateStatus status={template.status} /></Group>
      {template.reason && <Alert color="red" title={t('reason')}><Text size="sm" dir="auto">{template.reason}</Text></Alert>}
      {(template.status === 'pending' || template.status === 'creating') && <Alert color="yellow" variant="light">{t('pendingText')}</Alert>}
      <TemplatePreview header={template.header} body={template.body} footer={template.footer} buttons={template.buttons} examples={template.examples} language={template.language} />
      <Stack gap="xs">
        <Table withRowBorders={false} verticalSpacing={4}>
          <Table.Tbody>{facts.filter(([, value]) => value).map(([label, value]) => <Table.Tr key={label}><Table.Th scope="row" w={140}><Text size="sm" c="dimmed">{label}</Text></Table.Th><Table.Td><Text size="sm"><bdi>{value}</bdi></Text></Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      </Stack>
    </EditDrawer>
  )
}
