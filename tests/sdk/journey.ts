// The journey of a program with a client that was generated from the document: it signs in, reads, writes a note and reads it again.
// RELAIS_URL, RELAIS_EMAIL and RELAIS_PASSWORD say where and as whom; bin/sdk-check starts a demo for it.
import assert from 'node:assert/strict'
import createClient from 'openapi-fetch'
import type { paths } from './schema.js'

const baseUrl = process.env.RELAIS_URL ?? 'http://127.0.0.1:5080'
const anonymous = createClient<paths>({ baseUrl })
const { data: signedIn, error } = await anonymous.POST('/api/auth/login', {
  body: { email: process.env.RELAIS_EMAIL ?? 'demo@example.com', password: process.env.RELAIS_PASSWORD ?? 'demo123' },
})
assert.ok(signedIn, `sign-in: ${JSON.stringify(error)}`)
const relais = createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${signedIn.token}` } })

const { data: contact } = await relais.POST('/api/contacts', { body: { name: 'Generated client', phone: '+212612000001', language: 'fr' } })
assert.equal(contact?.name, 'Generated client')
const { data: note } = await relais.POST('/api/contacts/{id}/notes', { params: { path: { id: contact.id } }, body: { message: 'From a generated client' } })
assert.equal(note?.message, 'From a generated client')
const { data: notes } = await relais.GET('/api/contacts/{id}/notes', { params: { path: { id: contact.id } } })
assert.equal(notes?.items[0].message, note.message)
const { data: conversations } = await relais.GET('/api/conversations', { params: { query: { limit: 5 } } })
assert.ok(conversations && conversations.items.length <= 5, 'a page of five')
const { response: missing } = await relais.GET('/api/conversations/{id}', { params: { path: { id: 7 } } })
assert.equal(missing.status, 404)
console.log('The generated TypeScript client passes its journey.')
