export default import.meta.glob<Record<string, unknown>>('../*/words/en.json', { eager: true, import: 'default' })
