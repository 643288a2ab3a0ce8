import { Alert, Badge, Code, Drawer, Group, Stack, Table, Text, Title } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiProblem, get } from '../api/http'
import type { Message } from '../api/types'
import { Empty, Loaded } from '../parts/States'
import { WhatsAppText } from '../text/WhatsAppText'
import type { Trace } from './types'
import { locale } from '../text/locale'

/** Why an automatic message was said: the rule, what was found and asked, what it cost. */
export default function WhyDrawer({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation('thread')
  const trace = useQuery({ queryKey: ['trace', message.id], queryFn: () => get<Trace>(`/api/messages/${message.id}/trace`), retry: false })
  const none = trace.error instanceof ApiProblem && trace.error.status === 404
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={t('why.title')} closeButtonProps={{ 'aria-label': t('app:close') }}>
      <Stack gap="md">
        {message.content && <div className="bubble by-ai"><WhatsAppText text={message.content} /></div>}
        {none ? <Empty icon={IconHelpCircle} title={t('why.none')} text={t('why.noneText')} /> : <Loaded query={trace}>{(found) => <Told trace={found} />}</Loaded>}
      </Stack>
    </Drawer>
  )
}

function Told({ trace }: { trace: Trace }) {
  const { t, i18n } = useTranslation('thread')
  const number = (value: number, digits = 0) => new Intl.NumberFormat(locale(i18n.language), { maximumFractionDigits: digits }).format(value)
  const facts: [string, string | null][] = [
    [t('why.decidedBy'), t(`rule.${trace.rule.replace(':', '_')}`, { defaultValue: trace.rule })],
    [t('why.handoff'), trace.handoff_reason && t(`reason.${trace.handoff_reason}`, { defaultValue: trace.handoff_reason })],
    [t('why.model'), trace.provider && [trace.provider, trace.model].filter(Boolean).join(' · ')],
    [t('why.tokens'), trace.input_tokens === null ? null : `${number(trace.input_tokens)} → ${number(trace.output_tokens ?? 0)}`],
    [t('why.cost'), trace.cost_micros === null ? null : `${number(trace.cost_micros / 1_000_000, 6)} $`],
    [t('why.took'), `${number(trace.duration_ms)} ms`],
    [t('why.prompt'), trace.prompt_version ? String(trace.prompt_version) : null],
  ]
  return (
    <>
      {trace.kind === 'suggestion' && <Alert color="violet">{t('why.suggestion')}</Alert>}
      <Table variant="vertical" withRowBorders={false} verticalSpacing={4}>
        <Table.Tbody>{facts.filter(([, value]) => value).map(([name, value]) => <Table.Tr key={name}><Table.Th w={150} fw={500} bg="transparent">{name}</Table.Th><Table.Td><bdi>{value}</bdi></Table.Td></Table.Tr>)}</Table.Tbody>
      </Table>
      <div>
        <Title order={3} mb={6}>{t('why.sources')}</Title>
        {trace.sources.length === 0 && <Text size="sm" c="dimmed">{t('why.noSources')}</Text>}
        {trace.sources.map((source) => (
          <Group key={`${source.kind}${source.id}`} justify="space-between" wrap="nowrap" py={4}>
            <Text size="sm" dir="auto">{source.title}</Text>
            <Group gap={4} wrap="nowrap">{source.quoted && <Badge size="sm" variant="light" tt="none">{t('why.quoted')}</Badge>}<Text size="xs" c="dimmed">{number(source.score * 100)} %</Text></Group>
          </Group>
        ))}
      </div>
      <div>
        <Title order={3} mb={6}>{t('why.tools')}</Title>
        {trace.tools.length === 0 && <Text size="sm" c="dimmed">{t('why.noTools')}</Text>}
        {trace.tools.map((tool, i) => (
          <Stack key={i} gap={4} py={4}>
            <Group gap="xs"><Code dir="ltr">{tool.name}</Code>{tool.proposed && <Badge size="sm" variant="light" tt="none">{t('why.proposed')}</Badge>}<Text size="xs" c="dimmed">{number(tool.micros / 1000, 1)} ms</Text></Group>
            <Code block dir="ltr" className="raw">{JSON.stringify(tool.arguments)}</Code>
            {tool.result && <Code block dir="auto" className="raw">{tool.result}</Code>}
          </Stack>
        ))}
      </div>
      {trace.calls.length > 0 && (
        <div>
          <Title order={3} mb={6}>{t('why.calls')}</Title>
          {trace.calls.map((call, i) => <Text key={i} size="sm" dir="ltr" ta="start">{call.provider} · {call.model} · {call.outcome} · {number(call.duration_ms)} ms</Text>)}
        </div>
      )}
    </>
  )
}
