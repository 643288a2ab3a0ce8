import { Stepper } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { useMediaQuery } from '@mantine/hooks'
import { may, useMe } from '../app/me'
import { PageFrame } from '../parts/PageFrame'
import { Loaded } from '../parts/States'
import { useActs, useCampaign } from './api'
import { AudienceStep } from './AudienceStep'
import { CheckStep } from './CheckStep'
import { MessageStep } from './MessageStep'
import { RunningCampaign } from './RunningCampaign'
import { isOpen, type Campaign } from './types'
import { VariablesStep } from './VariablesStep'
import { WhenStep } from './WhenStep'

/** One campaign: the steps to its start, or how it goes. */
export default function CampaignPage() {
  const { t } = useTranslation('campaigns')
  const id = Number(useParams().id)
  const campaign = useCampaign(id)
  const mayChange = may(useMe(), 'campaigns')
  return (
    <Loaded query={campaign}>
      {(found) => (mayChange && (isOpen(found) || found.state === 'checking')
        ? <PageFrame title={found.name} about={t('newAbout')}><Steps campaign={found} /></PageFrame>
        : <RunningCampaign campaign={found} mayChange={mayChange} />)}
    </Loaded>
  )
}

const steps = ['message', 'audience', 'variables', 'when', 'check'] as const

function Steps({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns')
  const [search, setSearch] = useSearchParams()
  const isPhone = useMediaQuery('(max-width: 48em)', window.innerWidth < 768) ?? false
  const { save, seen } = useActs(campaign.id)
  const asked = search.get('step')
  const step = asked === null ? (campaign.state === 'draft' && campaign.total === 0 ? 1 : 4) : Math.min(4, Math.max(0, Number(asked) || 0))
  const go = (next: number) => {
    save.reset()
    setSearch({ step: String(next) }, { replace: true })
  }
  const part = { campaign, error: save.error, saving: save.isPending, onSave: (body: object) => save.mutate(body, { onSuccess: () => go(step + 1) }) }
  return (
    <>
      <Stepper active={step} onStepClick={go} size="sm" iconSize={30} orientation={isPhone ? 'vertical' : 'horizontal'} aria-label={t('steps')}>
        {steps.map((name) => <Stepper.Step key={name} label={t(`step.${name}`)} />)}
      </Stepper>
      {step === 0 ? <MessageStep {...part} /> : step === 1 ? <AudienceStep {...part} onFile={(changed) => void seen(changed)} /> : step === 2 ? <VariablesStep {...part} /> : step === 3 ? <WhenStep {...part} /> : <CheckStep campaign={campaign} />}
    </>
  )
}
