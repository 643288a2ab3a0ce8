import { ActionIcon, Alert, Button, Group, Select, Text, TextInput, Tooltip } from '@mantine/core'
import { IconPlayerTrackNext, IconRefresh, IconSend } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/http'
import { languageNames, languages } from '../../languages'
import { WhatsAppText } from '../../text/WhatsAppText'
import { dryRun } from '../api'
import { useBuilder } from '../builder'
import type { DryRun, Turn } from '../types'
import { KeepTest } from './KeepTest'
import type { TestProps } from './TestPane'

/** The draft as a customer would meet it. Nothing is sent; whatever is edited, the whole talk is held again. */
export function DryRunChat({ flow, flush, onWatch }: TestProps) {
  const { t, i18n } = useTranslation('flows')
  const { definition, readOnly } = useBuilder()
  const [turns, setTurns] = useState<Turn[]>([])
  const [language, setLanguage] = useState(i18n.language)
  const [typed, setTyped] = useState('')
  const [run, setRun] = useState<DryRun | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (turns.length === 0) {
      setRun(null)
      setProblem(null)
      return onWatch(null)
    }
    const ending = new AbortController()
    const timer = setTimeout(() => {
      flush().then(() => dryRun(flow.id, turns, language, ending.signal)).then((next) => {
        setRun(next)
        setProblem(null)
        onWatch({ steps: next.path, current: next.ended ? null : next.path.at(-1)?.step ?? null })
        setTimeout(() => end.current?.scrollIntoView({ block: 'nearest' }))
      }, (error: unknown) => { if (!ending.signal.aborted) setProblem(error) })
    }, 150)
    return () => {
      clearTimeout(timer)
      ending.abort()
    }
  }, [turns, language, definition, flow.id, flush, onWatch])
  const say = (turn: Turn) => setTurns([...turns, turn])
  const over = run !== null && (run.ended || run.handed_off)
  const last = run?.transcript.at(-1)
  return (
    <>
      <div className="flow-chat" role="log" aria-label={t('test.talk')} tabIndex={0}>
        {turns.length === 0 && <Text size="sm" c="dimmed" ta="center" p="md">{t('test.begin')}</Text>}
        {run?.transcript.map((said, i) => (
          <div key={i} className="flow-said" data-who={said.who}>
            <WhatsAppText text={said.text} />
            {said.choices?.map((choice) => (
              <Button key={choice.id} size="compact-sm" variant="default" disabled={over || said !== last} onClick={() => say({ choice: choice.id })}><bdi>{choice.title}</bdi></Button>
            ))}
          </div>
        ))}
        {run?.handed_off && <Text size="xs" c="dimmed" ta="center">{t('test.handedOff')}</Text>}
        {run?.ended && !run.handed_off && <Text size="xs" c="dimmed" ta="center">{t('test.ended')}</Text>}
        {problem !== null && <Alert color="red" variant="light">{problem instanceof ApiProblem && problem.detail ? problem.detail : t('app:failed.text')}</Alert>}
        <div ref={end} />
      </div>
      <form className="flow-say" onSubmit={(event) => { event.preventDefault(); if (typed.trim()) { say(typed); setTyped('') } }}>
        <Tooltip label={t('test.again')}><ActionIcon size={34} aria-label={t('test.again')} disabled={turns.length === 0} onClick={() => setTurns([])}><IconRefresh size={18} /></ActionIcon></Tooltip>
        <TextInput flex={1} dir="auto" aria-label={t('test.say')} placeholder={t('test.say')} value={typed} disabled={over} onChange={(event) => setTyped(event.currentTarget.value)} />
        <Tooltip label={t('test.wait')}><ActionIcon size={34} aria-label={t('test.wait')} disabled={over || turns.length === 0} onClick={() => say({ wait: true })}><IconPlayerTrackNext size={18} className="mirrored" /></ActionIcon></Tooltip>
        <ActionIcon size={34} type="submit" variant="filled" color="relais" aria-label={t('test.send')} disabled={over || !typed.trim()}><IconSend size={17} className="mirrored" /></ActionIcon>
      </form>
      <Group p="xs" pt={0} justify="space-between" wrap="nowrap">
        <Select size="xs" w={120} aria-label={t('test.language')} allowDeselect={false} value={language} onChange={(next) => next && setLanguage(next)} data={languages.map((one) => ({ value: one, label: languageNames[one] }))} />
        {!readOnly && run && <KeepTest flow={flow.id} turns={turns} language={language} run={run} />}
      </Group>
    </>
  )
}
