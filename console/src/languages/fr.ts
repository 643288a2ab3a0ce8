export default import.meta.glob<Record<string, unknown>>('../*/words/fr.json', { eager: true, import: 'default' })
