import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../../..')

/** The program under test: RELAIS_PROGRAM, or what the tests' build made. */
const program = process.env.RELAIS_PROGRAM
  ?? ['src/Relais/bin/Debug/net10.0/relais', 'src/Relais/bin/Release/net10.0/relais'].map((path) => join(root, path)).find(existsSync)

/** Below what systems give to outgoing connections: one of those must not take the port before the server does. */
const freePort = (): Promise<number> => {
  const port = 10_000 + Math.floor(Math.random() * 5_000)
  return new Promise((done) => {
    const probe = createServer().once('error', () => done(freePort())).listen(port, '127.0.0.1', () => probe.close(() => done(port)))
  })
}

/** The demo as a process of its own, in a folder of its own, that can be killed and started again at the same address. */
export class Server {
  private process: ChildProcess | undefined
  private output = ''

  private constructor(readonly url: string, private readonly folder: string, private readonly settings: Record<string, string>) {}

  static async start(settings: Record<string, string> = {}): Promise<Server> {
    if (!program) throw new Error('Build the program first: dotnet build Relais.slnx.')
    const server = new Server(`http://127.0.0.1:${await freePort()}`, mkdtempSync(join(tmpdir(), 'relais-console-')), settings)
    await server.up()
    return server
  }

  async up() {
    this.process = spawn(program!, ['serve', '--demo'], {
      cwd: this.folder,
      env: { PATH: process.env.PATH, HOME: this.folder, RELAIS_URLS: this.url, RELAIS_DATA: join(this.folder, 'data'), RELAIS_QUIET_MS: '0', ...this.settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const keep = (bytes: Buffer) => { this.output = (this.output + bytes.toString()).slice(-8000) }
    this.process.stdout?.on('data', keep)
    this.process.stderr?.on('data', keep)
    for (let tries = 0; tries < 300; tries++) {
      if (this.process.exitCode !== null || this.process.signalCode !== null) break
      if (await fetch(`${this.url}/health/ready`).then((r) => r.ok, () => false)) return
      await new Promise((r) => setTimeout(r, 200))
    }
    throw new Error(`The server did not come up:\n${this.output}`)
  }

  /** Ends it as a power cut would. */
  async kill(signal: NodeJS.Signals = 'SIGKILL') {
    const running = this.process
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((done) => running.once('exit', done))
    running.kill(signal)
    await ended
  }

  /** Somebody more who can sign in, as the operator adds them on the server's own terminal. */
  add(email: string, password: string, role: string, tenant?: string): Promise<void> {
    const more = tenant ? ['--tenant', tenant] : []
    return new Promise((done, failed) => execFile(program!, ['user', 'add', '--email', email, '--password', password, '--role', role, ...more], {
      cwd: this.folder, env: { PATH: process.env.PATH, HOME: this.folder, RELAIS_DATA: join(this.folder, 'terminal'), RELAIS_DATABASE: `sqlite:${join(this.folder, 'data', 'demo.db')}` },
    }, (error, output, errors) => (error ? failed(new Error(`${output}${errors}`)) : done())))
  }

  async stop() {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
