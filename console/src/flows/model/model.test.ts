import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { copied, pasted, statesIn } from './clipboard'
import { definitionIn, idsOf, stateOf, type Definition } from './definition'
import { moved, renamed, withInput, withMatch, withMatchMoved, withNewState, withNext, withProperty, without, withoutOutlet } from './edit'
import { begun, changed, redone, undone } from './history'
import { positionsOf } from './layout'
import { outletsOf } from './outlets'
import { renamedInText } from './rename'
import { found, summaryOf } from './texts'
import { tidied, widthOf } from './tidy'

const flow: Definition = {
  description: 'Menu', initial_state: 'Trigger', flags: { allow_concurrent_calls: true }, unknown: { kept: [1, null, true] },
  states: [
    { name: 'Trigger', type: 'trigger', transitions: [{ event: 'incomingMessage', next: 'ask' }, { event: 'incomingCall' }], properties: { offset: { x: 0, y: 0 } } },
    { name: 'ask', type: 'send-and-wait-for-reply', transitions: [{ event: 'incomingMessage', next: 'split' }, { event: 'timeout', next: '' }, { event: 'deliveryFailure', next: null }], properties: { offset: { x: 0, y: 200 }, body: 'Bonjour, قائمة ?', timeout: '3600', odd: { a: 1 } } },
    { name: 'split', type: 'split-based-on', properties: { offset: { x: 0, y: 400 }, input: '{{widgets.ask.inbound.Body}}' }, transitions: [
      { event: 'noMatch', next: 'ask' },
      { event: 'match', next: 'thanks', conditions: [{ friendly_name: 'oui', arguments: ['{{widgets.ask.inbound.Body}}'], type: 'equal_to', value: 'oui' }] },
      { event: 'match', conditions: [{ friendly_name: 'non', arguments: ['{{widgets.ask.inbound.Body}}'], type: 'equal_to', value: 'non' }] }] },
    { name: 'thanks', type: 'send-message', transitions: [{ event: 'sent' }, { event: 'failed' }], properties: { offset: { x: 0, y: 600 }, body: 'Merci {{ widgets.ask.inbound.Body | upcase }} ask {{widgets["ask"].inbound.From}} {{widgets.ask-me.x}}' } },
  ],
}
const frozen = JSON.stringify(flow)
const state = (definition: Definition, id: string) => stateOf(definition, id) as any

describe('what is edited, and only that, changes', () => {
  it('keeps every other object of the definition itself', () => {
    const next = withProperty(flow, 'ask', ['body'], 'Bonsoir')
    expect(state(next, 'ask').properties).toEqual({ offset: { x: 0, y: 200 }, body: 'Bonsoir', timeout: '3600', odd: { a: 1 } })
    expect(next.states[2]).toBe(flow.states[2])
    expect(next.unknown).toBe(flow.unknown)
    expect(state(withProperty(next, 'ask', ['body'], 'Bonjour, قائمة ?'), 'ask')).toEqual(flow.states[1])
    expect(JSON.stringify(flow)).toBe(frozen)
  })

  it('takes our own properties away without a trace', () => {
    const more = withProperty(flow, 'ask', ['relais', 'languages', 'ar', 'body'], 'مرحبا')
    expect(state(more, 'ask').properties.relais).toEqual({ languages: { ar: { body: 'مرحبا' } } })
    expect(state(withProperty(more, 'ask', ['relais', 'languages', 'ar', 'body'], undefined), 'ask').properties).not.toHaveProperty('relais')
  })

  it('leads an outlet elsewhere, or nowhere', () => {
    expect(state(withNext(flow, 'split', 'match:2', 'ask'), 'split').transitions[2]).toEqual({ event: 'match', conditions: [{ friendly_name: 'non', arguments: ['{{widgets.ask.inbound.Body}}'], type: 'equal_to', value: 'non' }], next: 'ask' })
    expect(state(withNext(flow, 'Trigger', 'incomingMessage', null), 'Trigger').transitions[0]).toEqual({ event: 'incomingMessage' })
    expect(state(withNext(flow, 'Trigger', 'incomingParent', 'thanks'), 'Trigger').transitions[2]).toEqual({ event: 'incomingParent', next: 'thanks' })
    expect(withNext(flow, 'ask', 'timeout', null)).toBe(flow)
  })

  it('adds, orders and removes conditions; they follow what the split looks at', () => {
    expect(outletsOf(state(withMatch(flow, 'split'), 'split')).map((one) => one.key)).toEqual(['match:1', 'match:2', 'match:3', 'noMatch'])
    expect(state(withMatchMoved(flow, 'split', 'match:2', -1), 'split').transitions.map((one: any) => one.conditions?.[0].value)).toEqual([undefined, 'non', 'oui'])
    expect(state(withoutOutlet(flow, 'split', 'match:1'), 'split').transitions).toHaveLength(2)
    expect(state(withInput(flow, 'split', '{{contact.channel.address}}'), 'split').transitions[1].conditions[0].arguments).toEqual(['{{contact.channel.address}}'])
  })
})

describe('steps', () => {
  it('renames: whatever leads to it or reads of it follows, what is said does not', () => {
    const next = renamed(flow, 'ask', 'question')!
    expect(state(next, 'Trigger').transitions[0].next).toBe('question')
    expect(state(next, 'split').properties.input).toBe('{{widgets.question.inbound.Body}}')
    expect(state(next, 'split').transitions[1].conditions[0].arguments).toEqual(['{{widgets.question.inbound.Body}}'])
    expect(state(next, 'thanks').properties.body).toBe('Merci {{ widgets.question.inbound.Body | upcase }} ask {{widgets["question"].inbound.From}} {{widgets.ask-me.x}}')
    expect(renamed(next, 'question', 'ask')).toEqual(flow)
    expect(renamed(flow, 'ask', 'split')).toBeNull()
    expect(renamed(flow, 'ask', 'two words')).toBeNull()
    expect(renamed(flow, 'Trigger', 'Start')!.initial_state).toBe('Start')
    expect(renamedInText('{% if widgets. \nask.x %} widgets.ask {{flow.variables.a', 'ask', 'b')).toBe('{% if widgets. \nb.x %} widgets.ask {{flow.variables.a')
  })

  it('adds one that an outlet leads to, and takes it away with all that led to it', () => {
    const added = withNewState(flow, 'send-message', { x: 5, y: 6 }, { id: 'thanks', key: 'sent' })
    expect(added.id).toBe('send_message_1')
    expect(state(added.definition, 'thanks').transitions[0]).toEqual({ event: 'sent', next: 'send_message_1' })
    expect(state(added.definition, 'send_message_1').transitions).toEqual([{ event: 'sent' }, { event: 'failed' }])
    expect(without(added.definition, ['send_message_1'])).toEqual(flow)
    expect(state(without(flow, ['ask']), 'Trigger').transitions[0]).toEqual({ event: 'incomingMessage' })
    expect(without(flow, ['Trigger'])).toBe(flow)
  })

  it('copies steps that keep leading to each other under new names', () => {
    const text = copied(flow, ['Trigger', 'ask', 'split'])!
    const { definition, ids } = pasted(flow, statesIn(text)!)
    expect(ids).toEqual(['ask_2', 'split_2'])
    expect(state(definition, 'ask_2').transitions[0].next).toBe('split_2')
    expect(state(definition, 'split_2').properties.input).toBe('{{widgets.ask_2.inbound.Body}}')
    expect(state(definition, 'split_2').transitions[1].next).toBe('thanks')
    expect(state(definition, 'split_2').properties.offset).toEqual({ x: 60, y: 460 })
    expect(definition.states.slice(0, 4)).toEqual(flow.states)
    expect(statesIn('hello')).toBeNull()
  })

  it('is found by its name and its texts, whatever the letters', () => {
    expect(found(flow, 'قائمه')).toEqual(['ask'])
    expect(found(flow, 'MERCI')).toEqual(['thanks'])
    expect(summaryOf(state(flow, 'split'))).toBe('{{widgets.ask.inbound.Body}}')
  })
})

it('goes back and forth; typing in one field is one step', () => {
  let history = begun('a')
  history = changed(history, 'ab', 'field', 1000)
  history = changed(history, 'abc', 'field', 1500)
  history = changed(history, 'x', null, 1600)
  expect(undone(history).present).toBe('abc')
  expect(undone(undone(history)).present).toBe('a')
  expect(redone(undone(history)).present).toBe('x')
  expect(undone(begun('a')).present).toBe('a')
})

it('opens what was broken, and what has no places', () => {
  const broken = { states: [{ name: 'a' }, { name: 'a', transitions: [{ event: 'x', next: 'nobody' }, 7] }, {}] } as unknown as Definition
  expect(idsOf(broken)).toEqual(['a', 'a#2', '#1'])
  expect(new Set([...positionsOf(broken).values()].map((place) => `${place.x},${place.y}`)).size).toBe(3)
  expect(outletsOf(state(broken, 'a#2')).map((one) => [one.key, one.index])).toEqual([['x', 0]])
  expect(positionsOf(flow).get('split')).toEqual({ x: 0, y: 400 })
  expect(state(moved(flow, new Map([['split', { x: 1.4, y: 2 }]])), 'split').properties.offset).toEqual({ x: 1, y: 2 })
  expect(definitionIn({ friendly_name: 'Menu', definition: JSON.stringify(flow) })?.name).toBe('Menu')
})

it('lays out what leads on above what it leads to, and nothing on another', () => {
  const places = tidied(flow)
  expect([...places].map(([id, { y }]) => [id, y]).sort((a, b) => (a[1] as number) - (b[1] as number)).map(([id]) => id)).toEqual(['Trigger', 'ask', 'split', 'thanks'])
  const wide: Definition = { initial_state: 'a', states: [
    { name: 'a', type: 'split-based-on', transitions: ['b', 'c', 'd'].map((next) => ({ event: 'match', next })) },
    ...['b', 'c', 'd'].map((name) => ({ name, type: 'send-message', transitions: [{ event: 'sent', next: 'e' }] })),
    { name: 'e', type: 'send-message', transitions: [{ event: 'sent', next: 'a' }] }, { name: 'alone', type: 'send-message' }] }
  const at = tidied(wide)
  expect(at.get('e')!.y).toBeGreaterThan(at.get('b')!.y)
  expect(at.get('alone')!.y).toBeGreaterThan(at.get('e')!.y)
  const row = ['b', 'c', 'd'].map((id) => at.get(id)!.x)
  expect([row[1]! - row[0]! >= 310, row[2]! - row[1]! >= 310]).toEqual([true, true])
  expect(at.get('e')!.x + widthOf(wide.states[4]!) / 2).toBeCloseTo(at.get('c')!.x + 130, -1)
})

/** Flows that others published, where they lie beside the repository (shared/flows). */
const others = process.env.RELAIS_FLOWS ?? '../../shared/flows'

it.skipIf(!existsSync(others))('leaves foreign flows as they were when an edit is taken back', () => {
  for (const file of readdirSync(others).filter((name) => name.endsWith('.json'))) {
    const text = readFileSync(`${others}/${file}`, 'utf8')
    const definition = JSON.parse(text) as Definition
    for (const id of idsOf(definition)) {
      const there = renamed(definition, id, 'renamed_for_a_while')
      if (there) expect(renamed(there, 'renamed_for_a_while', id)).toEqual(JSON.parse(text))
      expect(withProperty(withProperty(definition, id, ['relais', 'x'], 1), id, ['relais', 'x'], undefined)).toEqual(JSON.parse(text))
    }
  }
})
