import type { Obj } from './definition'

/** What a step is for; one look for each. */
export type Family = 'start' | 'message' | 'question' | 'split' | 'data' | 'call' | 'subflow' | 'person' | 'agent' | 'voice' | 'other'

export type Kind = {
  family: Family
  /** Events it leaves by, as Studio names them; a match has conditions and is added by hand. */
  events: string[]
  /** What a new one begins with; left out: not in the palette. */
  start?: Obj
}

const sender = { from: '{{flow.channel.address}}', to: '{{contact.channel.address}}' }
const voice = (...events: string[]): Kind => ({ family: 'voice', events })
const agent: Kind = { family: 'agent', events: ['return', 'failed'] }
const person: Kind = { family: 'person', events: ['callComplete', 'failedToEnqueue', 'callFailure'] }

/** Widgets of Studio by their type (shared/protocol: twilio-studio, §3). Others are shown and edited as JSON. */
export const kinds: Record<string, Kind> = {
  trigger: { family: 'start', events: ['incomingMessage', 'incomingConversationMessage', 'incomingRequest', 'incomingParent', 'incomingCall'] },
  'send-message': { family: 'message', events: ['sent', 'failed'], start: { ...sender, body: '' } },
  'send-and-wait-for-reply': { family: 'question', events: ['incomingMessage', 'timeout', 'deliveryFailure'], start: { from: sender.from, body: '', timeout: '3600' } },
  'split-based-on': { family: 'split', events: ['noMatch'], start: { input: '' } },
  'set-variables': { family: 'data', events: ['next'], start: { variables: [] } },
  'make-http-request': { family: 'call', events: ['success', 'failed'], start: { method: 'GET', content_type: 'application/json;charset=utf-8', url: '' } },
  'run-function': { family: 'call', events: ['success', 'fail'], start: { url: '', parameters: [] } },
  'run-subflow': { family: 'subflow', events: ['completed', 'failed'], start: { flow_sid: '', flow_revision: 'LatestPublished', parameters: [] } },
  'send-to-flex': { ...person, start: { attributes: '{}' } },
  'connect-virtual-agent-v2': { ...agent, start: {} },
  'connect-virtual-agent': agent,
  'dialogflow-connect-virtual-agent-v2': agent,
  'search-connect-virtual-agent-v2': agent,
  'send-to-autopilot': { family: 'agent', events: ['sessionEnded', 'failure', 'timeout'] },
  'enqueue-call': person,
  enqueue: person,
  'say-play': voice('audioComplete'),
  'gather-input-on-call': voice('keypress', 'speech', 'timeout'),
  'connect-call-to': voice('callCompleted', 'hangup'),
  'make-outgoing-call': voice('answered', 'busy', 'noAnswer', 'failed'),
  'make-outgoing-call-v1': voice('answered', 'busy', 'noAnswer', 'failed'),
  'make-outgoing-call-v2': voice('answered', 'busy', 'noAnswer', 'failed'),
  'record-voicemail': voice('recordingComplete', 'noAudio', 'hangup'),
  'record-call': voice('success', 'failed'),
  'fork-stream': voice('next'),
  'capture-payments': voice('success', 'maxFailedAttempts', 'providerError', 'payInterrupted', 'hangup', 'validationError'),
  'run-conversation-relay': voice('return', 'failed', 'hangup'),
  'add-twiml-redirect': { family: 'call', events: ['return', 'timeout', 'fail'] },
}

export const kindOf = (type: string): Kind => kinds[type] ?? { family: 'other', events: [] }

/** Types somebody may add, in the order of the palette. */
export const addable = Object.keys(kinds).filter((type) => kinds[type]!.start)

/** Of a split (https://www.twilio.com/docs/studio/widget-library/split-based-on); the last two take no value. */
export const conditionTypes = [
  'equal_to', 'not_equal_to', 'matches_any_of', 'does_not_match_any_of', 'contains', 'does_not_contain', 'starts_with', 'does_not_start_with', 'regex',
  'less_than', 'greater_than', 'is_before_date', 'is_after_date', 'is_before_time', 'is_after_time', 'is_blank', 'is_not_blank',
] as const

export const takesValue = (type: string) => type !== 'is_blank' && type !== 'is_not_blank'

export const answerTypes = ['text', 'choice', 'name', 'email', 'phone', 'number', 'date', 'time', 'location', 'media'] as const
