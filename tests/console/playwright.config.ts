import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

const chromium = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)

/** Journeys through the console in real Chromium. Each worker has a server of its own (support/server.ts). */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  // CI has minutes: there the journeys run in French and in Arabic (the other direction); English, too, wherever else they run.
  grepInvert: process.env.CI ? /\(en\)/ : undefined,
  outputDir: 'results/traces',
  workers: 3,
  // On a machine that others load a journey may run out of its time: once more, named as flaky.
  retries: process.env.CI ? 1 : 0,
  fullyParallel: false,
  // A journey waits for what it wants to see; the limit only ends one that will never see it.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'results/results.json' }]],
  use: {
    browserName: 'chromium',
    locale: 'fr-FR',
    // Nothing half faded in is judged: what is shown is shown at once, as for people who asked for less motion.
    contextOptions: { reducedMotion: 'reduce' },
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: chromium,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
        '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
    },
  },
})
