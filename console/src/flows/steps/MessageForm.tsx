import { SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languageNames, languages } from '../../languages'
import { isObject, objects, typeOf } from '../model/definition'
import { ChoiceList } from './ChoiceList'
import { ExpectsForm } from './ExpectsForm'
import { Fold } from './Fold'
import { LiquidField } from './LiquidField'
import { PairList } from './PairList'
import type { Step } from './useStep'

/** What is said to the customer, in every language or in one, and what may be answered. */
export function MessageForm({ step }: { step: Step }) {
  const { t } = useTranslation('flows')
  const [language, setLanguage] = useState('')
  const waits = typeOf(step.state) === 'send-and-wait-for-reply'
  const mine = language ? ['relais', 'languages', language] : ['relais']
  /** Of a language that says nothing of its own, what is said in all. */
  const other = (name: string) => (language ? step.text('relais', name) : undefined)
  const said = (name: string) => isObject(step.value('relais', 'languages', name))
  return (
    <Stack gap="md">
      <SegmentedControl size="xs" fullWidth value={language} onChange={setLanguage} aria-label={t('message.language')}
        data={[{ value: '', label: t('message.all') }, ...languages.map((one) => ({ value: one, label: `${languageNames[one]}${said(one) ? ' ✓' : ''}` }))]} />
      <LiquidField key={language} step={step} path={language ? [...mine, 'body'] : ['body']} label={language ? `${t('message.body')} · ${languageNames[language as 'fr']}` : t('message.body')} rows={4} placeholder={language ? step.text('body') : undefined} maxLength={4096} />
      <ChoiceList key={`${language}-choices`} step={step} path={[...mine, 'choices']} />
      {waits && <ExpectsForm step={step} language={language} />}
      {waits && !language && <TextInput label={t('message.timeout')} description={t('message.timeoutAbout')} value={step.text('timeout')} readOnly={step.readOnly} inputMode="numeric" dir="ltr" onChange={(event) => step.set(['timeout'], event.currentTarget.value)} />}
      <Fold label={t('message.more')} isOpen={['media_url', 'content_sid'].some((name) => step.text(name) !== '') || step.text('relais', 'media_id') !== ''}>
        {objects(step.value('relais', 'choices')).length > 3 && <LiquidField step={step} path={[...mine, 'button']} label={t('message.button')} maxLength={20} placeholder={other('button')} />}
        <LiquidField step={step} path={[...mine, 'header']} label={t('message.header')} maxLength={60} placeholder={other('header')} />
        <LiquidField step={step} path={[...mine, 'footer']} label={t('message.footer')} maxLength={60} placeholder={other('footer')} />
        <LiquidField step={step} path={[...mine, 'media_id']} label={t('message.media')} about={t('message.mediaAbout')} placeholder={other('media_id')} />
        <LiquidField step={step} path={[...mine, 'filename']} label={t('message.filename')} placeholder={other('filename')} />
        {!language && <LiquidField step={step} path={['media_url']} label={t('message.mediaUrl')} />}
        {!language && <LiquidField step={step} path={['content_sid']} label={t('message.template')} about={t('message.templateAbout')} />}
        {!language && step.text('content_sid') !== '' && <PairList step={step} path={['content_variables']} label={t('message.templateValues')} keyLabel={t('pair.name')} />}
      </Fold>
    </Stack>
  )
}
