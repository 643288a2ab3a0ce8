import { DirectionProvider, MantineProvider, v8CssVariablesResolver } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { BrowserRouter } from 'react-router'
import { ApiProblem } from '../api/http'
import { directionOf } from '../languages'
import { ErrorBoundary } from '../parts/ErrorBoundary'
import { Entrance } from './Entrance'
import { readLook } from './look'
import { theme } from './theme'

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      // While the server is away it is asked again until it is back; what it refuses, it will refuse again.
      retry: (failures, error) => error instanceof ApiProblem && error.isOffline && failures < 8,
      retryDelay: (attempt) => Math.min(5000, 500 * 2 ** attempt),
    },
    mutations: { retry: false },
  },
})

/** The nonce with which this page's styles may be written (WebConsole/ConsolePages). */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce

// What holds the page still under a dialog (react-remove-scroll) writes a style of its own and asks for the nonce by this name.
if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce })

export function App() {
  return (
    <DirectionProvider initialDirection={directionOf(document.documentElement.lang)} detectDirection={false}>
      <MantineProvider theme={theme} defaultColorScheme={readLook().scheme} cssVariablesResolver={v8CssVariablesResolver} getStyleNonce={nonce ? () => nonce : undefined}>
        <QueryClientProvider client={queries}>
          <Notifications position="bottom-right" limit={4} />
          <ErrorBoundary>
            <BrowserRouter>
              <Entrance />
            </BrowserRouter>
          </ErrorBoundary>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  )
}
