import { Button, CloseButton, Group, Paper, Progress, Text, ThemeIcon, Title, UnstyledButton } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconCheck, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { get } from '../api/http'
import type { Agent, PageOf } from '../api/types'
import { may, useMe } from '../app/me'
import { useHealth } from '../app/health'

type Step = { id: 'number' | 'faq' | 'phone' | 'colleague'; done: boolean | undefined; to: string }

/** The first steps of a new business, each ticked by what is really there. Hidden for good by its owner, in this browser. */
export function Checklist({ isConnected, hasMessages }: { isConnected: boolean | undefined; hasMessages: boolean | undefined }) {
  const { t } = useTranslation('home')
  const me = useMe()
  const [hidden, hide] = useLocalStorage({ key: `relais-first-steps-${me.tenant?.id ?? 0}`, defaultValue: false, getInitialValueInEffect: false })
  // For whoever may do all of it.
  const wanted = (['secrets', 'knowledge', 'people'] as const).every((right) => may(me, right)) && !hidden
  const demo = useHealth().data?.demo === true
  const faqs = useQuery({ queryKey: ['home', 'faqs'], queryFn: () => get<PageOf<unknown>>('/api/faqs?limit=1'), enabled: wanted })
  const agents = useQuery({ queryKey: ['home', 'agents'], queryFn: () => get<PageOf<Agent>>('/api/agents'), enabled: wanted })
  if (!wanted) return null

  const steps: Step[] = [
    { id: 'number', done: isConnected, to: '/inboxes' },
    { id: 'faq', done: faqs.data && faqs.data.items.length > 0, to: '/knowledge' },
    { id: 'phone', done: hasMessages, to: demo ? '/demo' : '/inboxes' },
    { id: 'colleague', done: agents.data && agents.data.items.length > 1, to: '/people' },
  ]
  if (steps.some((step) => step.done === undefined)) return null
  const done = steps.filter((step) => step.done).length
  const all = done === steps.length
  return (
    <Paper component="section" withBorder radius="lg" className="home-card home-steps" aria-labelledby="home-steps">
      <Group justify="space-between" wrap="nowrap" align="flex-start" className="home-card-title">
        <div>
          <Title order={2} size="h3" id="home-steps">{t(all ? 'steps.allDone' : 'steps.title')}</Title>
          <Text size="sm" c="dimmed">{t('steps.progress', { done, count: steps.length })}</Text>
        </div>
        {all ? <Button size="xs" variant="light" onClick={() => hide(true)}>{t('steps.hide')}</Button> : <CloseButton aria-label={t('steps.hide')} onClick={() => hide(true)} />}
      </Group>
      <Progress value={(100 * done) / steps.length} size={6} mx="md" mb="xs" aria-hidden />
      {!all && (
        <ol className="home-steps-list">
          {steps.map((step) => {
            const phone = step.id === 'phone' && !demo ? 'write' : step.id
            return (
              <li key={step.id} data-done={step.done || undefined}>
                <UnstyledButton component={Link} to={step.to} className="home-step">
                  <ThemeIcon size={26} radius="xl" variant={step.done ? 'filled' : 'default'} color="relais">{step.done ? <IconCheck size={16} aria-hidden /> : <span aria-hidden className="home-step-dot" />}</ThemeIcon>
                  <span className="home-list-words">
                    <Text span size="sm" fw={600} td={step.done ? 'line-through' : undefined}>{t(`steps.${phone}.title`)}<span className="visually-hidden"> {t(step.done ? 'steps.done' : 'steps.open')}</span></Text>
                    {!step.done && <Text span size="xs" c="dimmed">{t(`steps.${phone}.text`)}</Text>}
                  </span>
                  <IconChevronRight size={16} className="mirrored home-step-go" aria-hidden />
                </UnstyledButton>
              </li>
            )
          })}
        </ol>
      )}
    </Paper>
  )
}
