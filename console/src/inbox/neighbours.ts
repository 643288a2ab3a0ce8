import type { ComponentType, ReactNode } from 'react'
import type { Message } from '../api/types'
import type { Row } from './types'

type Composer = ComponentType<{ conversation: Row; quoted: Message | null; onUnquote: () => void }>
type Bar = ComponentType<{ conversation: Row }>

const found = import.meta.glob<Record<string, unknown>>(['../composer/{Composer,TakeOverBar}.tsx', '../contact/ContactPanel.tsx'], { eager: true })
const part = (name: string) => Object.values(found).map((one) => one[name]).find(Boolean)

const nothing = (): ReactNode => null

/** What other folders put into the inbox: where one writes, and the customer beside it. */
export const Composer = (part('Composer') ?? nothing) as Composer
export const TakeOverBar = (part('TakeOverBar') ?? nothing) as Bar
export const ContactPanel = (part('ContactPanel') ?? nothing) as Bar
