import { describe, expect, it } from 'vitest'
import { clean, matches, readFilter, writeFilter, type Filter } from './filter'
import { withPage, withRow, type ListData } from './listData'
import { snoozeTimes } from './snoozeTimes'
import type { Row } from './types'

const now = Date.parse('2026-11-20T12:00:00Z')
const row = (id: number, minute: number, more: Partial<Row> = {}): Row => ({
  id, status: 'transferred', assignee: 'nobody', agent_id: null, inbox_id: 1, team_id: null, contact_id: id, language: 'fr', unread: 0, labels: [], phone_number: `+33${id}`, profile_name: `Client ${id}`,
  last_message: 'Bonjour', last_message_at: new Date(now - minute * 60_000).toISOString(), window_closes_at: new Date(now + 3 * 3_600_000).toISOString(), waiting_since: null, ...more,
} as Row)

const ids = (data: ListData) => data.rows.map((one) => one.id)
const all: Filter = { view: 'all' }

describe('a loaded part of a list', () => {
  const three: ListData = { rows: [row(3, 1), row(2, 5), row(1, 9)], cursor: 'more' }

  it('takes a conversation to its place when something was said in it', () => {
    expect(ids(withRow(three, row(1, 0), all, 7, now))).toEqual([1, 3, 2])
    expect(ids(withRow(three, row(9, 6), all, 7, now))).toEqual([3, 2, 9, 1])
  })

  it('leaves what lies behind it to the next page, unless it is whole', () => {
    expect(ids(withRow(three, row(9, 30), all, 7, now))).toEqual([3, 2, 1])
    expect(ids(withRow({ ...three, cursor: null }, row(9, 30), all, 7, now))).toEqual([3, 2, 1, 9])
  })

  it('drops what no longer belongs to it', () => {
    expect(ids(withRow(three, row(2, 0, { status: 'completed' }), all, 7, now))).toEqual([3, 1])
    expect(ids(withRow(three, row(2, 0, { snoozed_until: '2026-11-21T09:00:00Z' }), all, 7, now))).toEqual([3, 1])
    expect(ids(withRow(three, row(3, 0, { assignee: 'ai_agent', status: 'active' }), { view: 'unassigned' }, 7, now))).toEqual([2, 1])
  })

  it('has nobody twice when a page brings one that moved up meanwhile', () => {
    const moved = withRow(three, row(8, 0), all, 7, now)
    expect(ids(withPage(moved, { rows: [row(8, 20), row(7, 21)], cursor: null }))).toEqual([8, 3, 2, 1, 7])
  })

  it('puts the longest wait first when asked to, and nobody who waits no longer', () => {
    const sort: Filter = { view: 'all', sort: 'waiting' }
    const wait = (id: number, minute: number) => row(id, 0, { waiting_since: new Date(now - minute * 60_000).toISOString() })
    const data: ListData = { rows: [wait(1, 90), wait(2, 30)], cursor: null }
    expect(ids(withRow(data, wait(3, 60), sort, 7, now))).toEqual([1, 3, 2])
    expect(ids(withRow(data, row(1, 0), sort, 7, now))).toEqual([2])
  })
})

describe('a filter', () => {
  it.each<[string, Filter, Partial<Row>, boolean]>([
    ['my own in Mine', { view: 'mine' }, { assignee: 'agent', agent_id: 7 }, true],
    ['a colleague\'s in Mine', { view: 'mine' }, { assignee: 'agent', agent_id: 8 }, false],
    ['a team\'s in Unassigned', { view: 'unassigned' }, { assignee: 'team', team_id: 4 }, true],
    ['the flow\'s in Bot', { view: 'bot' }, { assignee: 'flow', status: 'active' }, true],
    ['a closed one in All', { view: 'all' }, { status: 'completed' }, false],
    ['a closed one among the closed', { status: 'completed' }, { status: 'completed' }, true],
    ['a snoozed one among the open', { status: 'open' }, { snoozed_until: '2026-11-21T09:00:00Z' }, true],
    ['both labels', { view: 'all', label: [1, 2] }, { labels: [1, 2, 3] }, true],
    ['one of two labels', { view: 'all', label: [1, 2] }, { labels: [1] }, false],
    ['a window that closes in 3 hours, within 4', { view: 'all', closing: '4h' }, {}, true],
    ['a window that closes in 3 hours, within 1', { view: 'all', closing: '1h' }, {}, false],
    ['a name in part', { view: 'all', q: 'CLIENT 1' }, {}, true],
    ['a read one among the unread', { view: 'all', unread: true }, { unread: 0 }, false],
  ])('judges %s', (_, filter, more, expected) => expect(matches(row(1, 0, more), filter, 7, now)).toBe(expected))

  it('survives the address', () => {
    const filter: Filter = { label: [2, 9], agent: 4, unread: true, q: 'où', view: 'mine', sort: 'waiting' }
    expect(readFilter(writeFilter(filter))).toEqual(filter)
    expect(clean({ view: 'mine', status: 'completed', unread: false, sort: 'recent', label: [] })).toEqual({ status: 'completed' })
    expect(readFilter(new URLSearchParams('view=everything&agent=x&label=-1'))).toEqual({})
  })
})

it('a snooze over the week-end ends on Monday morning', () => {
  const friday = new Date(2026, 10, 20, 16, 30)
  expect(snoozeTimes(friday).map(({ id, until }) => [id, until.getDay(), until.getHours()])).toEqual([['hour', 5, 17], ['hours', 5, 20], ['tomorrow', 6, 9], ['monday', 1, 9], ['week', 5, 9]])
})
