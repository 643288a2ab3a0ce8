import { Anchor, Badge, Button, Group, Paper, Select, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconBulb } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { post } from '../api/http'
import type { Candidate } from '../api/types'
import { may, useMe } from '../app/me'
import { languageNames, languages } from '../languages'
import { EditDrawer, FormProblem } from '../parts/EditDrawer'
import { Empty, Loaded } from '../parts/States'
import { tellDone, tellProblem } from '../parts/tell'
import { useDraft } from '../parts/useDraft'
import { usePages } from '../parts/usePages'
import { forced, newlyFailing, useForced } from '../parts/useForced'
import { age } from '../text/time'

/** Questions that people answered and the agent could not: one click makes an entry, after a look. */
export function Candidates() {
  const { t, i18n } = useTranslation('knowledge')
  const mayChange = may(useMe(), 'knowledge')
  const queries = useQueryClient()
  const candidates = usePages<Candidate>(['candidates', 'list'], '/api/knowledge/candidates?state=open')
  const [open, setOpen] = useState<Candidate | null>(null)
  const dismiss = useMutation({
    mutationFn: (candidate: Candidate) => post(`/api/knowledge/candidates/${candidate.id}/dismiss`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['candidates'] }), onError: tellProblem,
  })
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw={640}>{t('candidates.about')}</Text>
      <Loaded query={candidates} isEmpty={(list) => list.length === 0} empty={<Empty icon={IconBulb} title={t('candidates.none')} text={t('candidates.noneText')} />}>
        {(list) => list.map((candidate) => (
          <Paper key={candidate.id} withBorder radius="md" p="md" className="card">
            <Stack gap="xs">
              <Group justify="space-between" wrap="nowrap" align="flex-start">
                <Text fw={600} size="sm" dir="auto">{candidate.question}</Text>
                <Badge variant="light" color="gray" flex="none" className="calm-badge">{t('candidates.times', { n: candidate.times })}</Badge>
              </Group>
              <Text size="sm" dir="auto" className="pre-line">{candidate.answer}</Text>
              <Group justify="space-between" gap="xs">
                <Text size="xs" c="dimmed">{age(candidate.asked_at, i18n.language)} · <Anchor component={Link} to={`/inbox/${candidate.conversation_id}`} size="xs">{t('candidates.from')}</Anchor></Text>
                {mayChange && (
                  <Group gap="xs">
                    <Button size="xs" variant="subtle" color="gray" onClick={() => dismiss.mutate(candidate)}>{t('candidates.dismiss')}</Button>
                    <Button size="xs" onClick={() => setOpen(candidate)}>{t('candidates.look')}</Button>
                  </Group>
                )}
              </Group>
            </Stack>
          </Paper>
        ))}
      </Loaded>
      {candidates.hasNextPage && <Button variant="default" loading={candidates.isFetchingNextPage} onClick={() => void candidates.fetchNextPage()}>{t('parts:more')}</Button>}
      {open && <Approve candidate={open} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

function Approve({ candidate, onClose }: { candidate: Candidate; onClose: () => void }) {
  const { t } = useTranslation('knowledge')
  const queries = useQueryClient()
  const gate = useForced()
  const draft = useDraft({ question: candidate.question, answer: candidate.answer, language: candidate.language })
  const save = useMutation({
    mutationFn: (force: boolean) => post(forced(`/api/knowledge/candidates/${candidate.id}/approve`, force), draft.value),
    onSuccess: async () => {
      tellDone(t('faqs.added'))
      await Promise.all([queries.invalidateQueries({ queryKey: ['candidates'] }), queries.invalidateQueries({ queryKey: ['faqs'] })])
      onClose()
    },
    onError: (error) => void gate.caught(error, () => save.mutate(true)),
  })
  return (
    <>
      <EditDrawer opened title={t('candidates.approveTitle')} isDirty={draft.isDirty && !save.isSuccess} saving={save.isPending} saveLabel={t('candidates.approve')} onClose={onClose} onSave={() => save.mutate(false)}>
        <FormProblem error={newlyFailing(save.error) ? null : save.error} />
        <Text size="sm" c="dimmed">{t('candidates.check')}</Text>
        <Textarea label={t('faqs.question')} dir="auto" autosize minRows={2} value={draft.value.question} onChange={(event) => draft.change({ question: event.currentTarget.value })} />
        <Textarea label={t('faqs.answer')} dir="auto" autosize minRows={6} maxRows={18} value={draft.value.answer} onChange={(event) => draft.change({ answer: event.currentTarget.value })} />
        <Select label={t('language')} value={draft.value.language} placeholder={t('anyLanguage')} data={languages.map((value) => ({ value, label: languageNames[value] }))} onChange={(language) => draft.change({ language })} />
      </EditDrawer>
      {gate.dialog}
    </>
  )
}
