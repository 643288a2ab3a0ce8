import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')
const program = process.env.RELAIS_PROGRAM
  ?? ['src/Relais/bin/Debug/net10.0/relais', 'src/Relais/bin/Release/net10.0/relais'].map((path) => join(root, path)).find(existsSync)

export const owner = { email: 'owner@example.com', password: 'trois mots ensemble' }

/** A server that is no demo: a database of its own, one owner who also looks after the platform, no number, no public address. */
export class Configured {
  private constructor(readonly url: string, private readonly folder: string, private readonly process: ChildProcess) {}

  static async start(): Promise<Configured> {
    const port = await new Promise<number>((done) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const { port: free } = probe.address() as { port: number }
        probe.close(() => done(free))
      })
    })
    const folder = mkdtempSync(join(tmpdir(), 'relais-configured-'))
    const url = `http://127.0.0.1:${port}`
    const env = { PATH: process.env.PATH, HOME: folder, RELAIS_URLS: url, RELAIS_DATA: join(folder, 'data'), RELAIS_DATABASE: `sqlite:${join(folder, 'relais.db')}` }
    execFileSync(program!, ['user', 'add', '--email', owner.email, '--password', owner.password, '--name', 'Owner', '--role', 'platform', '--tenant', 'Shop'], { cwd: folder, env, stdio: 'ignore' })
    const server = new Configured(url, folder, spawn(program!, ['serve'], { cwd: folder, env, stdio: 'ignore' }))
    for (let tries = 0; tries < 300; tries++) {
      if (await fetch(`${url}/health/ready`).then((r) => r.ok, () => false)) return server
      await new Promise((r) => setTimeout(r, 200))
    }
    throw new Error('The configured server did not come up.')
  }

  async stop() {
    const ended = new Promise((done) => this.process.once('exit', done))
    this.process.kill('SIGTERM')
    await ended
    rmSync(this.folder, { recursive: true, force: true })
  }
}
