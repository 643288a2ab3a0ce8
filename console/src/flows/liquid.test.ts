import { readFileSync, writeFileSync } from 'node:fs'
import { Liquid } from 'liquidjs'
import { expect, test } from 'vitest'

// What the server's own Liquid (src/Relais/Engine/Flows/Liquid) is held to: these expectations are those of the reference
// implementation. New cases are added with any `expected`; LIQUID_WRITE=1 npx vitest run liquid fills in what it should be.

const path = new URL('../../../tests/Relais.Tests/Payloads/liquid/cases.json', import.meta.url)
type Case = { group: string; template: string; expected: string }
const kept = JSON.parse(readFileSync(path, 'utf8')) as { context: object; cases: Case[] }

test('liquidjs makes of every case what is kept', () => {
  process.env.TZ = 'UTC'
  const engine = new Liquid({ timezoneOffset: 0 })
  const made = kept.cases.map((one) => ({ ...one, expected: engine.parseAndRenderSync(one.template, structuredClone(kept.context)) as string }))
  if (process.env.LIQUID_WRITE) {
    const lines = made.map((one) => `    ${JSON.stringify(one)}`).join(',\n')
    writeFileSync(path, `{\n  "context": ${JSON.stringify(kept.context)},\n  "cases": [\n${lines}\n  ]\n}\n`)
  }

  expect(made).toEqual(kept.cases)
  expect(kept.cases.length).toBeGreaterThan(500)
})
