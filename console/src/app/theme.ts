import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** The brand's green; shade 7 carries white text with 6:1. */
const relais: MantineColorsTuple = ['#e7f5f1', '#d0e9e2', '#a3d4c6', '#72bda8', '#4aa98e', '#2f9c80', '#178268', '#0d6b5b', '#0a5649', '#064138']

/** Neutral with a breath of green, as on the phone page. */
const dark: MantineColorsTuple = ['#e6edea', '#c5d0cc', '#a3b4af', '#71837d', '#42524d', '#303d39', '#222d2a', '#171f1d', '#101615', '#0b100f']

/** Mantine's signal colours, with a shade 7 that is read on their own light ground and on white (4.5:1). */
const red: MantineColorsTuple = ['#fff5f5', '#ffe3e3', '#ffc9c9', '#ffa8a8', '#ff8787', '#fa5252', '#e03131', '#b92626', '#a02020', '#871b1b']
const orange: MantineColorsTuple = ['#fff4e6', '#ffe8cc', '#ffd8a8', '#ffc078', '#ffa94d', '#f2832e', '#c75a0b', '#9c4507', '#843a06', '#6b2f05']
const yellow: MantineColorsTuple = ['#fff9db', '#fff3bf', '#ffec99', '#ffe066', '#ffd43b', '#f5b800', '#a87400', '#7d5600', '#694800', '#543a00']
const blue: MantineColorsTuple = ['#e7f5ff', '#d0ebff', '#a5d8ff', '#74c0fc', '#4dabf7', '#2f97ea', '#1c7ed6', '#125d9f', '#0f4f88', '#0c4172']
const green: MantineColorsTuple = ['#ebfbee', '#d3f9d8', '#b2f2bb', '#8ce99a', '#69db7c', '#40c057', '#2f9e44', '#22752f', '#1c6327', '#16511f']

export const theme = createTheme({
  primaryColor: 'relais',
  // In the dark a shade that white words still stand out from (4.7:1): the colour of words is chosen for the light one.
  primaryShade: { light: 7, dark: 6 },
  colors: { relais, dark, red, orange, yellow, green, blue },
  autoContrast: true,
  // Where black and white text on a ground of this luminance are equally far from 4.5:1 (WCAG 1.4.3).
  luminanceThreshold: 0.18,
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
