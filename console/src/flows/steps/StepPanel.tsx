import { ActionIcon, Alert, Group, Menu, Stack, Tabs, Text, TextInput, Tooltip } from '@mantine/core'
import { IconCopy, IconDots, IconTrash, IconX } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useBuilder } from '../builder'
import { iconOf } from '../canvas/look'
import { noteText, problemText, typeName } from '../canvas/names'
import { nameOf, stateOf, typeOf, type Obj } from '../model/definition'
import { isName, renamed } from '../model/edit'
import { kindOf, type Family } from '../model/kinds'
import { outletsOf } from '../model/outlets'
import { AgentForm } from './AgentForm'
import { FunctionForm, HttpForm, SubflowForm } from './CallForms'
import { MessageForm } from './MessageForm'
import { NextSelect } from './NextSelect'
import { PairList } from './PairList'
import { PersonForm } from './PersonForm'
import { RawJson } from './RawJson'
import { SplitForm } from './SplitForm'
import { useStep, type Step } from './useStep'

type Form = (step: Step, t: (key: string) => string) => ReactNode

const forms: Record<string, Form> = {
  'send-message': (step) => <MessageForm step={step} />,
  'send-and-wait-for-reply': (step) => <MessageForm step={step} />,
  'split-based-on': (step) => <SplitForm step={step} />,
  'set-variables': (step, t) => <PairList step={step} path={['variables']} label={t('variables')} keyLabel={t('pair.name')} />,
  'make-http-request': (step) => <HttpForm step={step} />,
  'run-function': (step) => <FunctionForm step={step} />,
  'run-subflow': (step) => <SubflowForm step={step} />,
}

/** Hand-offs and assistants go by several names in Studio. */
const byFamily: { [F in Family]?: Form } = { person: (step) => <PersonForm step={step} />, agent: (step) => <AgentForm step={step} /> }

/** One step: what it does, where it leads, and all of it as JSON. */
export function StepPanel({ id, onClose, onRemove, onDuplicate }: { id: string; onClose: () => void; onRemove: () => void; onDuplicate: () => void }) {
  const { t } = useTranslation('flows')
  const { definition, problems, widgets, readOnly } = useBuilder()
  const state = stateOf(definition, id)
  const step = useStep(id, state ?? {})
  const [tab, setTab] = useState<string | null>('form')
  if (!state) return null
  const type = typeOf(state)
  const family = kindOf(type).family
  const Icon = iconOf(type)
  const form = forms[type] ?? byFamily[family]
  const own = problems.filter((one) => one.step === nameOf(state))
  const verdict = widgets.find((one) => one.name === nameOf(state))
  const note = verdict && noteText(t, verdict)
  const isStart = family === 'start'
  return (
    <section className="flow-panel" aria-label={t('panel.title', { name: nameOf(state) })} data-family={family}>
      <Group className="flow-panel-head" gap="xs" wrap="nowrap">
        <span className="flow-step-icon"><Icon size={18} aria-hidden /></span>
        <Text size="sm" fw={600} flex={1} truncate>{typeName(t, state)}</Text>
        {!readOnly && !isStart && (
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon aria-label={t('panel.acts')}><IconDots size={18} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={onDuplicate}>{t('duplicate')}</Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={onRemove}>{t('delete')}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        <Tooltip label={t('app:close')}><ActionIcon aria-label={t('app:close')} onClick={onClose}><IconX size={18} /></ActionIcon></Tooltip>
      </Group>
      <div className="flow-panel-body">
        <Stack gap="md">
          <NameField id={id} state={state} />
          {own.map((problem, i) => <Alert key={i} color={problem.blocks ? 'red' : 'yellow'} variant="light" p="xs"><Text size="sm" dir="auto">{problemText(t, problem)}</Text></Alert>)}
          {note && <Alert color={verdict.verdict === 'cannot_run' || verdict.verdict === 'unknown' ? 'orange' : 'blue'} variant="light" p="xs"><Text size="sm" dir="auto">{note}</Text></Alert>}
          <Tabs value={form || isStart ? tab : tab === 'form' ? 'json' : tab} onChange={setTab} keepMounted={false}>
            <Tabs.List mb="md">
              {(form || isStart) && <Tabs.Tab value="form">{t('panel.form')}</Tabs.Tab>}
              {form && type !== 'split-based-on' && <Tabs.Tab value="ways">{t('panel.ways')}</Tabs.Tab>}
              {!form && !isStart && <Tabs.Tab value="ways">{t('panel.ways')}</Tabs.Tab>}
              <Tabs.Tab value="json">{t('panel.json')}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="form">{isStart ? <Ways step={step} /> : form?.(step, t)}</Tabs.Panel>
            <Tabs.Panel value="ways"><Ways step={step} /></Tabs.Panel>
            <Tabs.Panel value="json"><RawJson id={id} state={state} /></Tabs.Panel>
          </Tabs>
        </Stack>
      </div>
    </section>
  )
}

function Ways({ step }: { step: Step }) {
  return <Stack gap="sm">{outletsOf(step.state).map((outlet) => <NextSelect key={outlet.key} step={step} outlet={outlet} />)}</Stack>
}

/** The name is taken over when the field is left: everything that names the step follows. */
function NameField({ id, state }: { id: string; state: Obj }) {
  const { t } = useTranslation('flows')
  const { definition, edit, select, readOnly } = useBuilder()
  const [name, setName] = useState(nameOf(state))
  useEffect(() => setName(nameOf(state)), [state])
  const changes = name !== nameOf(state)
  const next = changes ? renamed(definition, id, name) : null
  const take = () => {
    if (!next) return setName(nameOf(state))
    edit(next)
    select([name])
  }
  return (
    <TextInput label={t('panel.name')} value={name} readOnly={readOnly} dir="ltr" error={changes && !next ? t(isName(name) ? 'panel.nameTaken' : 'panel.nameWrong') : undefined}
      onChange={(event) => setName(event.currentTarget.value.replaceAll(' ', '_'))} onBlur={take} onKeyDown={(event) => { if (event.key === 'Enter') take() }} />
  )
}
