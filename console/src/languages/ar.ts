export default import.meta.glob<Record<string, unknown>>('../*/words/ar.json', { eager: true, import: 'default' })
