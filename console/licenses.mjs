// The licences of everything that is bundled, as dist/licenses.txt: their authors ask to be named with each copy.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const parts = []
for (const [path, entry] of Object.entries(packages)) {
  if (!path || entry.dev || entry.optional || !existsSync(path)) continue
  const file = readdirSync(path).find((name) => /^(licen[cs]e|ofl|copying)/i.test(name))
  parts.push(`${path.replace(/^.*node_modules\//, '')} ${entry.version} (${entry.license ?? 'see its package'})\n\n${file ? readFileSync(join(path, file), 'utf8').trim() : ''}`)
}
writeFileSync('dist/licenses.txt', parts.join(`\n\n${'-'.repeat(80)}\n\n`))
