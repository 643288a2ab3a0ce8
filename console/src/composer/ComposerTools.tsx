import { FileButton } from '@mantine/core'
import { IconBolt, IconListCheck, IconMicrophone, IconPackage, IconPaperclip, IconTemplate } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { AssistMenu } from './AssistMenu'
import { Tool } from './ComposerBar'
import { EmojiPicker } from './EmojiPicker'
import type { useWriting } from './useWriting'

/** What can be put into a message besides words. */
export function ComposerTools({ writing: w, onTemplate, onMake, onProducts }: { writing: ReturnType<typeof useWriting>; onTemplate: () => void; onMake: () => void; onProducts: () => void }) {
  const { t } = useTranslation('composer')
  const reset = useRef<() => void>(null)
  return (
    <>
      {!w.isNote && (
        <FileButton multiple resetRef={reset} onChange={(files) => {
          void w.addFiles(files)
          reset.current?.()
        }}>
          {(props) => <Tool label={t('files.add')} icon={<IconPaperclip size={19} aria-hidden />} onClick={props.onClick} />}
        </FileButton>
      )}
      <EmojiPicker onPick={w.insert} />
      <Tool label={t('pick.open')} icon={<IconBolt size={19} aria-hidden />} onClick={w.openAnswers} />
      {!w.isNote && (
        <>
          <Tool label={t('template.title')} icon={<IconTemplate size={19} aria-hidden />} onClick={onTemplate} />
          <Tool label={t('make.title')} icon={<IconListCheck size={19} className="mirrored" aria-hidden />} onClick={onMake} />
          <Tool label={t('products.title')} icon={<IconPackage size={19} aria-hidden />} onClick={onProducts} />
          <Tool label={t('voice.record')} icon={<IconMicrophone size={19} aria-hidden />} onClick={() => void w.recorder.start()} disabled={w.recorder.state === 'recording' || w.recorder.state === 'asking'} />
        </>
      )}
      <AssistMenu assist={w.assist} hasText={w.text.trim().length > 0} isNote={w.isNote} />
    </>
  )
}
