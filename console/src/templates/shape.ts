/** The variables of a text, in the order in which they first stand: `{{1}}`, `{{name}}`. */
export const variablesOf = (text: string) => [...new Set([...text.matchAll(/\{\{\s*([\p{L}\p{N}_]+)\s*\}\}/gu)].map((found) => found[1]!))]

/** The text with an example, or a dash, for each variable. */
export const filled = (text: string, examples: Record<string, string | undefined>) => text.replace(/\{\{\s*([\p{L}\p{N}_]+)\s*\}\}/gu, (_, name: string) => examples[name]?.trim() || `{{${name}}}`)

/** A name as WhatsApp takes it, from what somebody types. */
export const templateName = (typed: string) => typed.toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9_]+/g, '_').slice(0, 512)
