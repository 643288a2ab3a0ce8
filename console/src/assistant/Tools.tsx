import { Badge, Group, Stack, Switch, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { get, patch } from '../api/http'
import type { components } from '../api/schema'
import type { PageOf } from '../api/types'
import { may, useMe } from '../app/me'
import { Card } from '../parts/Card'
import { Lines, Loaded } from '../parts/States'
import { tellProblem } from '../parts/tell'

type HttpTool = components['schemas']['HttpToolJson']
type McpServer = components['schemas']['McpServerJson']

/** What comes with the program (docs/tools.md). */
const shipped = ['track_order', 'list_my_orders', 'search_knowledge', 'confirm_order', 'cancel_order', 'change_order', 'search_products', 'recommend_products', 'collect_contact_field', 'close_conversation', 'hand_off']

export function Tools() {
  const { t } = useTranslation('assistant')
  const me = useMe()
  const [mayTools, mayServers] = [may(me, 'assistant'), may(me, 'secrets')]
  const tools = useQuery({ queryKey: ['ai-tools'], enabled: mayTools, queryFn: () => get<PageOf<HttpTool>>('/api/ai/tools?limit=100').then((page) => page.items) })
  const servers = useQuery({ queryKey: ['mcp-servers'], enabled: mayServers, queryFn: () => get<PageOf<McpServer>>('/api/ai/mcp-servers?limit=100').then((page) => page.items) })
  return (
    <Stack>
      {mayTools && (
        <Card title={t('tools.own')} about={t('tools.ownAbout')}>
          <Loaded query={tools} loading={<Lines count={2} />} isEmpty={(list) => list.length === 0} empty={<Text size="sm" c="dimmed">{t('tools.noOwn')}</Text>}>
            {(list) => list.map((tool) => <Row key={tool.id} name={tool.name} about={tool.description} where={`${tool.method} ${tool.url}`} enabled={tool.enabled} url={`/api/ai/tools/${tool.id}`} listKey="ai-tools" effect={tool.risk === 'effect'} />)}
          </Loaded>
        </Card>
      )}
      {mayServers && (
        <Card title={t('tools.mcp')} about={t('tools.mcpAbout')}>
          <Loaded query={servers} loading={<Lines count={2} />} isEmpty={(list) => list.length === 0} empty={<Text size="sm" c="dimmed">{t('tools.noMcp')}</Text>}>
            {(list) => list.map((server) => <Row key={server.id} name={server.name} about={Object.keys(server.tools).join(', ')} where={server.url} enabled={server.enabled} url={`/api/ai/mcp-servers/${server.id}`} listKey="mcp-servers" />)}
          </Loaded>
        </Card>
      )}
      <Card title={t('tools.shipped')} about={t('tools.shippedAbout')}>
        <Stack gap="xs" component="ul" className="plain-list">{shipped.map((name) => <li key={name}><Text size="sm" fw={550}>{t(`tools.names.${name}`)}</Text><Text size="xs" c="dimmed" dir="ltr" ta="start">{name}</Text></li>)}</Stack>
      </Card>
    </Stack>
  )
}

function Row({ name, about, where, enabled, url, listKey, effect }: { name: string; about: string; where: string; enabled: boolean; url: string; listKey: string; effect?: boolean }) {
  const { t } = useTranslation('assistant')
  const queries = useQueryClient()
  const turn = useMutation({ mutationFn: (on: boolean) => patch(url, { enabled: on }), onSuccess: () => queries.invalidateQueries({ queryKey: [listKey] }), onError: tellProblem })
  return (
    <Group justify="space-between" wrap="nowrap" align="flex-start">
      <div>
        <Group gap="xs"><Text size="sm" fw={600} dir="ltr">{name}</Text>{effect && <Badge variant="light" color="orange" className="calm-badge">{t('tools.effect')}</Badge>}</Group>
        <Text size="sm" c="dimmed" dir="auto">{about}</Text>
        <Text size="xs" c="dimmed" dir="ltr" className="mono">{where}</Text>
      </div>
      <Switch aria-label={t('tools.turn', { name })} checked={turn.isPending ? turn.variables : enabled} onChange={(event) => turn.mutate(event.currentTarget.checked)} />
    </Group>
  )
}
