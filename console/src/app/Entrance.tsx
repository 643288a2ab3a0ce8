import { Center, Loader } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import { signedOut } from '../api/http'
import { Failure } from '../parts/States'
import { MeContext, useWho } from './me'
import { Shell } from './Shell'

const SignIn = lazy(() => import('./SignIn'))
const SetUp = lazy(() => import('./SetUp'))
const Invitation = lazy(() => import('../people/Invitation'))
const Reset = lazy(() => import('../account/Reset'))
const TotpDemanded = lazy(() => import('../account/TotpDemanded'))

/** Who is not signed in sees the sign-in at whatever address they came to, and goes on there. */
export function Entrance() {
  const who = useWho()
  const queries = useQueryClient()
  useEffect(() => {
    const leave = () => queries.setQueryData(['me'], null)
    const lookAgain = () => void queries.invalidateQueries({ queryKey: ['me'] })
    signedOut.addEventListener('out', leave)
    signedOut.addEventListener('demand', lookAgain)
    return () => {
      signedOut.removeEventListener('out', leave)
      signedOut.removeEventListener('demand', lookAgain)
    }
  }, [queries])
  const waiting = <Center mih="100dvh"><Loader /></Center>
  if (who.isPending) return waiting
  if (who.error && !who.data) return <Center mih="100dvh"><Failure error={who.error} retry={() => void who.refetch()} /></Center>
  return (
    <Suspense fallback={waiting}>
      <Routes>
        <Route path="/setup" element={<SetUp />} />
        <Route path="/invitation" element={<Invitation />} />
        <Route path="/reset" element={<Reset />} />
        <Route path="/sign-in" element={who.data ? <Navigate to="/" replace /> : <SignIn />} />
        <Route path="*" element={!who.data ? <SignIn /> : who.data.totp_setup_required ? <TotpDemanded /> : <MeContext value={who.data}><Shell /></MeContext>} />
      </Routes>
    </Suspense>
  )
}
