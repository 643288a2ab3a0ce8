import { Button, Textarea } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconTemplate } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../api/types'
import { AssistStrip } from './AssistStrip'
import { BegunStrip } from './BegunStrip'
import { Builder } from './Builder'
import './composer.css'
import { ComposerBar } from './ComposerBar'
import { ComposerHead } from './ComposerHead'
import { ComposerTools } from './ComposerTools'
import { DueStrip } from './DueStrip'
import { FilesTray } from './FilesTray'
import { PendingStrip } from './PendingStrip'
import { ProductPicker } from './ProductPicker'
import { QuoteStrip } from './QuoteStrip'
import { ScheduleItems } from './ScheduleItems'
import { ScheduleModal } from './ScheduleModal'
import { TemplatePicker } from './TemplatePicker'
import type { Content, DeskConversation } from './types'
import { useWriting } from './useWriting'
import { VoiceStrip } from './VoiceStrip'
import { WindowClosed } from './WindowClosed'

/** Where a person writes: to the customer, or to colleagues. */
export function Composer({ conversation, quoted = null, onUnquote }: { conversation: DeskConversation; quoted?: Message | null; onUnquote?: () => void }) {
  return <Writing key={conversation.id} conversation={conversation} quoted={quoted} onUnquote={onUnquote} />
}

function Writing({ conversation, quoted, onUnquote }: { conversation: DeskConversation; quoted: Message | null; onUnquote?: () => void }) {
  const { t } = useTranslation('composer')
  const w = useWriting({ conversation, quoted, onUnquote })
  const [picksTemplate, template] = useDisclosure(false)
  const [makes, make] = useDisclosure(false)
  const [picksProducts, products] = useDisclosure(false)
  const [asksTime, askTime] = useDisclosure(false)
  const [isOver, setOver] = useState(false)
  const isNarrow = useMediaQuery('(max-width: 48em)', window.innerWidth < 768) ?? false
  const { draft, isNote, isShut } = w
  const takeFiles = (list: FileList | null | undefined) => {
    if (!list || list.length === 0 || isNote || isShut) return false
    void w.addFiles([...list])
    return true
  }
  const sendContent = (content: Content) => {
    w.sendContent(content)
    template.close()
    make.close()
  }
  return (
    <section className="composer" aria-label={t('title')} data-tab={draft.tab} data-over={isOver || undefined}
      onDragOver={(event) => {
        if (isNote || isShut || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node) && setOver(false)}
      onDrop={(event) => {
        setOver(false)
        if (takeFiles(event.dataTransfer.files)) event.preventDefault()
      }}>
      <PendingStrip conversation={conversation.id} />
      <DueStrip conversation={conversation} />
      <ComposerHead tab={draft.tab} onTab={w.goTo} conversation={conversation} now={w.now} />
      {!isNote && w.quote && <QuoteStrip quote={w.quote} onUnquote={w.unquote} />}
      {!isNote && draft.content && <BegunStrip content={draft.content} onDrop={() => w.change({ content: null })} onOpen={draft.content.type === 'template' ? template.open : make.open} />}
      {isShut ? (
        <WindowClosed conversation={conversation} onNote={() => w.goTo('note')}
          action={<Button size="xs" leftSection={<IconTemplate size={15} aria-hidden />} onClick={template.open}>{t('template.choose')}</Button>} />
      ) : (
        <>
          {!isNote && <AssistStrip assist={w.assist} />}
          {!isNote && <FilesTray files={draft.files} uploads={w.uploads} onRemove={(id) => w.change({ files: draft.files.filter((file) => file.id !== id) })} />}
          <VoiceStrip recorder={w.recorder} />
          {w.picks.list}
          <Textarea ref={w.area} value={w.text} onChange={(event) => w.write(event.currentTarget.value, event.currentTarget.selectionStart)} onSelect={(event) => w.setCaret(event.currentTarget.selectionStart)}
            onKeyDown={w.onKeyDown} onPaste={(event) => takeFiles(event.clipboardData.files) && event.preventDefault()} {...w.picks.aria} autosize minRows={2} maxRows={10} variant="unstyled"
            aria-label={t(isNote ? 'note.label' : 'reply.label')} placeholder={t(isNote ? (isNarrow ? 'note.label' : 'note.placeholder') : isNarrow ? 'reply.label' : w.choices.enterSends ? 'reply.placeholderEnter' : 'reply.placeholderMod')}
            dir={w.text ? 'auto' : undefined} className="composer-text" spellCheck enterKeyHint={w.choices.enterSends ? 'send' : 'enter'} />
          <ComposerBar conversation={conversation} isNote={isNote} length={w.text.length} canSend={w.canSend} isSending={w.isSending} onSend={w.send}
            tools={<ComposerTools writing={w} onTemplate={template.open} onMake={make.open} onProducts={products.open} />}
            more={!isNote && <ScheduleItems disabled={!w.canSend} onTime={(at) => void w.schedule(at)} onChoose={askTime.open} />} />
        </>
      )}
      <div className="composer-over" aria-hidden>{t('files.drop')}</div>
      <TemplatePicker conversation={conversation} opened={picksTemplate} onClose={template.close} onSend={sendContent} begun={draft.content} />
      <Builder conversation={conversation} opened={makes} begun={draft.content} text={draft.reply} onSend={sendContent} onClose={(begun) => {
        if (begun) w.change({ content: begun })
        make.close()
      }} />
      <ProductPicker conversation={conversation} opened={picksProducts} onClose={products.close} />
      <ScheduleModal conversation={conversation} opened={asksTime} onClose={askTime.close} isBusy={w.isSending} onTime={(at) => void w.schedule(at).then((done) => done && askTime.close())} />
    </section>
  )
}
