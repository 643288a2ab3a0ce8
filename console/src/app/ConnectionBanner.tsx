import { Alert, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveState } from './useLiveCache'

/** Says that what is shown may be old, and goes by itself. A short interruption is not worth a word. */
export function ConnectionBanner() {
  const { t } = useTranslation('app')
  const state = useLiveState()
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (state === 'open') {
      setLate(false)
      return
    }
    const timer = setTimeout(() => setLate(true), 1200)
    return () => clearTimeout(timer)
  }, [state])
  if (!late) return null
  return (
    <Alert className="connection" color="yellow" variant="light" py={6} radius={0} role="status" icon={<Loader size={14} color="yellow.8" />}>{t('connection.lost')}</Alert>
  )
}
