import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.RELAIS_DEV ?? 'http://127.0.0.1:5080'

export default defineConfig({
  plugins: [react()],
  // The server replaces it in index.html by a nonce of the request (WebConsole/ConsoleFiles).
  html: { cspNonce: '__NONCE__' },
  build: { outDir: 'dist', target: 'es2023', sourcemap: false, chunkSizeWarningLimit: 900, assetsInlineLimit: 0, rollupOptions: { input: ['index.html', 'docs.html'] } },
  server: {
    proxy: Object.fromEntries(['/api', '/live', '/media', '/dashboard/chat', '/simulator', '/health', '/openapi'].map((path) => [path, { target: server }])),
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
} as never)
