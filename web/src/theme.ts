import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const ink: MantineColorsTuple = [
  '#EDF1FC',
  '#D9E1F8',
  '#B9C6EE',
  '#8FA4E2',
  '#6681D2',
  '#4560C8',
  '#3552B3',
  '#2B469F',
  '#22398A',
  '#1A2C6C',
];

// Plain objects only: importing a component here would pull it into the first load.
export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  colors: { ink },
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 5 },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.34', sm: '1.54', md: '1.43' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '10px', xl: '14px' },
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
  autoContrast: false,
  components: {
    Portal: { defaultProps: { target: '#pop' } },
    Button: { defaultProps: { variant: 'default', size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: {
      defaultProps: {
        size: 'sm',
        allowDeselect: false,
        checkIconPosition: 'right',
        maxDropdownHeight: 260,
        openOnFocus: false,
      },
    },
    Menu: {
      defaultProps: {
        shadow: 'none',
        withInitialFocusPlaceholder: false,
        transitionProps: { duration: 90 },
        offset: 6,
      },
    },
    Modal: {
      defaultProps: {
        transitionProps: { transition: 'fade', duration: 120 },
        overlayProps: { backgroundOpacity: 0.4 },
        radius: 10,
        padding: 24,
      },
    },
  },
});

const map = {
  '--mantine-color-body': 'var(--canvas)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-3)',
  '--mantine-color-default-border': 'var(--edge)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-anchor': 'var(--ink)',
};
export const resolver: CSSVariablesResolver = () => ({ variables: {}, light: map, dark: map });
