import { Button, Text } from '@mantine/core'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { post } from '../api/http'
import { tellProblem } from '../parts/tell'
import { WhatsAppText } from '../text/WhatsAppText'
import { PickList } from './PickList'
import { fold, triggerAt } from './trigger'
import type { DeskConversation, RenderedAnswer } from './types'
import { useAgents } from '../inbox/directory'
import { matching, textIn, useCanned } from './useCanned'

/**
 * The list that opens while `/` (a reply) or `@` (a note) is typed.
 * @param replace Puts a text in the place of a part of the words.
 */
export function usePicks({ conversation, text, caret, isNote, replace, onFile }: {
  conversation: DeskConversation; text: string; caret: number; isNote: boolean; replace: (from: number, to: number, insert: string) => void; onFile: (mediaId: number) => void
}) {
  const { t } = useTranslation('composer')
  const id = useId()
  const [active, setActive] = useState(0)
  const [closedAt, setClosedAt] = useState<number | null>(null)
  const found = triggerAt(text, caret, isNote ? '/@' : '/')
  const trigger = found && found.from !== closedAt ? found : null
  const canned = useCanned(trigger?.mark === '/')
  const agents = useAgents()
  useEffect(() => setActive(0), [trigger?.mark, trigger?.query])
  useEffect(() => {
    if (!found) setClosedAt(null)
  }, [found])

  const answers = trigger?.mark === '/' && canned.data ? matching(canned.data, trigger.query).slice(0, 40) : []
  const people = trigger?.mark === '@' ? (agents.data ?? []).filter((agent) => fold(agent.name).includes(fold(trigger.query))).slice(0, 12) : []
  const picks = trigger?.mark === '@' ? people.map((agent) => ({ id: String(agent.id), name: agent.name }))
    : answers.map((answer) => ({ id: String(answer.id), mark: `/${answer.shortcut}`, name: answer.title, about: textIn(answer, conversation.language) }))

  const pick = async (index: number) => {
    if (!trigger) return
    const { from, to } = trigger
    setClosedAt(from)
    if (trigger.mark === '@') return replace(from, to, `@${people[index]!.name} `)
    try {
      const rendered = await post<RenderedAnswer>(`/api/canned-answers/${answers[index]!.id}/render`, { conversation_id: conversation.id })
      replace(from, to, rendered.text)
      if (rendered.media_id) onFile(rendered.media_id)
    } catch (error) {
      tellProblem(error)
    }
  }
  const isOpen = trigger !== null && (picks.length > 0 || trigger.mark === '/')
  const shown = answers[active]
  return {
    isOpen,
    /** True when the list took the key. */
    onKey: (event: React.KeyboardEvent): boolean => {
      if (!isOpen) return false
      if (event.key === 'Escape') setClosedAt(trigger.from)
      else if (picks.length === 0) return false
      else if (event.key === 'ArrowDown') setActive((active + 1) % picks.length)
      else if (event.key === 'ArrowUp') setActive((active + picks.length - 1) % picks.length)
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey && !event.shiftKey) || (event.key === 'Tab' && !event.shiftKey)) void pick(active)
      else return false
      event.preventDefault()
      return true
    },
    aria: isOpen && picks.length > 0 ? { 'aria-autocomplete': 'list' as const, 'aria-controls': id, 'aria-activedescendant': `${id}-${active}` } : {},
    list: isOpen && (
      <PickList id={id} label={t(trigger.mark === '@' ? 'pick.people' : 'pick.answers')} picks={picks} active={active} onActive={setActive} onPick={(i) => void pick(i)}
        preview={shown && <WhatsAppText text={textIn(shown, conversation.language)} />}
        empty={(
          <>
            <Text size="sm" c="dimmed">{t(canned.isPending ? 'app:loading' : canned.data?.length === 0 ? 'pick.none' : 'pick.nothing')}</Text>
            <Button size="compact-xs" variant="default" component={Link} to="/canned-answers" mt={6}>{t('pick.manage')}</Button>
          </>
        )} />
    ),
  }
}
