import { IconArrowsSplit2, IconBraces, IconCode, IconWorldShare, IconHeadset, IconMessage, IconMessageQuestion, IconPhoneOff, IconPlayerPlay, IconPuzzle, IconSparkles, IconSubtask, type IconProps } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { kindOf, type Family } from '../model/kinds'

/** The sign of each family; its colour is in flows.css (`data-family`). */
const icons: Record<Family, ComponentType<IconProps>> = {
  start: IconPlayerPlay, message: IconMessage, question: IconMessageQuestion, split: IconArrowsSplit2, data: IconBraces, call: IconWorldShare,
  subflow: IconSubtask, person: IconHeadset, agent: IconSparkles, voice: IconPhoneOff, other: IconPuzzle,
}

/** A function is called, too, but lives elsewhere: it has a sign of its own. */
export const iconOf = (type: string) => (type === 'run-function' ? IconCode : icons[kindOf(type).family])
