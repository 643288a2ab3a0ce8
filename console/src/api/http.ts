/** An error of the API: a problem document (docs/api/errors.md), or a request that did not reach the server. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** One sentence that says what to do. */
    readonly detail: string,
    /** Field ⇒ what is wrong with it. */
    readonly fields: Record<string, string> = {},
    readonly traceId?: string,
    readonly retryAfterSeconds?: number,
    /** The whole document: some problems carry more, such as `newly_failing`. */
    readonly document: Record<string, unknown> = {},
  ) {
    super(detail)
  }

  /** True when nobody answered: the network is away or the server restarts. */
  get isOffline() {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

export type Query = Record<string, string | number | boolean | null | undefined | (string | number)[]>

/** Told when the server no longer knows who is signed in (out), or wants something set up of them first (demand). */
export const signedOut = new EventTarget()

export function path(base: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === null || value === undefined || value === '' || value === false) continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one))
  }
  return search.size > 0 ? `${base}?${search}` : base
}

/** A key for one act: kept for as long as the act may be tried again, so that it has one effect. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const document = await response.json().catch(() => ({}))
  const fields: Record<string, string> = {}
  for (const [field, words] of Object.entries(document.errors ?? {})) fields[field] = Array.isArray(words) ? words.join(' ') : String(words)
  return new ApiProblem(
    response.status, document.code ?? `http_${response.status}`, document.detail ?? document.title ?? response.statusText, fields,
    document.trace_id, Number(response.headers.get('Retry-After')) || undefined, document)
}

async function ask(method: string, url: string, body: unknown, key: string | undefined, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  if (method !== 'GET' && key) headers['Idempotency-Key'] = key
  const isForm = body instanceof FormData
  if (method !== 'GET' && !isForm) headers['Content-Type'] = 'application/json'
  let response: Response
  try {
    response = await fetch(url, { method, headers, body: isForm ? body : body === undefined ? (method === 'GET' ? undefined : '{}') : JSON.stringify(body), signal, credentials: 'same-origin' })
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error
    throw new ApiProblem(0, 'offline', '')
  }
  if (response.ok) return response
  const problem = await problemOf(response)
  if ((problem.status === 401 && problem.code === 'unauthorised') || problem.code === 'tenant_suspended') signedOut.dispatchEvent(new Event('out'))
  if (problem.code === 'totp_setup_required') signedOut.dispatchEvent(new Event('demand'))
  throw problem
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Whether the same act, with the same key, may be sent once more: it did not arrive, or another try of it is still being carried out. */
const mayRepeat = (error: unknown) => error instanceof ApiProblem && (error.isOffline || error.code === 'in_progress')

/**
 * One request. Acts (anything but GET) carry an Idempotency-Key and are sent again while the server is away, so that an act is
 * neither lost in a restart nor done twice.
 * @param key Give the one of an earlier try to repeat that try.
 */
async function request<T>(method: string, url: string, body?: unknown, options: { key?: string; signal?: AbortSignal; tries?: number } = {}): Promise<T> {
  const key = method === 'GET' ? undefined : (options.key ?? newKey())
  const tries = options.tries ?? (method === 'GET' ? 1 : 5)
  for (let tried = 1; ; tried++) {
    try {
      const response = await ask(method, url, body, key, options.signal)
      const text = await response.text()
      return (text ? JSON.parse(text) : undefined) as T
    } catch (error) {
      if (tried >= tries || !mayRepeat(error)) throw error
      await pause(Math.min(4000, 300 * 2 ** tried))
    }
  }
}

type Options = { key?: string; signal?: AbortSignal; tries?: number }

export const get = <T>(url: string, options?: Options) => request<T>('GET', url, undefined, options)
export const post = <T>(url: string, body?: unknown, options?: Options) => request<T>('POST', url, body, options)
export const put = <T>(url: string, body?: unknown, options?: Options) => request<T>('PUT', url, body, options)
export const patch = <T>(url: string, body?: unknown, options?: Options) => request<T>('PATCH', url, body, options)
export const remove = <T>(url: string, options?: Options) => request<T>('DELETE', url, undefined, options)
