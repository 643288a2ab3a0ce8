import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** The brand's green; shade 7 carries white text with 6:1. */
const relais: MantineColorsTuple = ['#e7f5f1', '#d0e9e2', '#a3d4c6', '#72bda8', '#4aa98e', '#2f9c80', '#178268', '#0d6b5b', '#0a5649', '#064138']

/** Neutral with a breath of green, as on the phone page. */
const dark: MantineColorsTuple = ['#e6edea', '#c5d0cc', '#a3b4af', '#71837d', '#42524d', '#303d39', '#222d2a', '#171f1d', '#101615', '#0b100f']

export const theme = createTheme({
  primaryColor: 'relais',
  primaryShade: { light: 7, dark: 5 },
  colors: { relais, dark },
  autoContrast: true,
  luminanceThreshold: 0.32,
  fontFamily: "'Inter Variable', 'Noto Sans Arabic Variable', system-ui, sans-serif",
  headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.35rem' }, h2: { fontSize: '1.1rem' }, h3: { fontSize: '0.98rem' } } },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Modal: { defaultProps: { centered: true } },
  },
})
