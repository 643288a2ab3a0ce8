import { expect, it } from 'vitest'
import { filled, templateName, variablesOf } from './shape'

it('reads variables once each, and fills them', () => {
  expect(variablesOf('Bonjour {{1}}, commande {{2}} pour {{1}}')).toEqual(['1', '2'])
  expect(variablesOf('مرحبا {{name}}')).toEqual(['name'])
  expect(filled('A {{1}} b {{2}}', { 1: 'x', 2: ' ' })).toBe('A x b {{2}}')
})

it('makes a name of what is typed', () => expect(templateName('Commande Prête !')).toBe('commande_prete_'))
