import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Button.layer.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/mantine.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/list.css';
import { queries } from './queries';
import { router } from './routes';
import { resolver, theme } from './theme';

const schemes = localStorageColorSchemeManager({ key: 'quittance.scheme' });
// The server puts a fresh nonce into every answer. Mantine's own style element needs it, and so
// does the one that keeps the page behind a dialog from scrolling (react-remove-scroll).
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
Object.assign(window, { __webpack_nonce__: nonce });

createRoot(document.getElementById('root')!).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={resolver}
    defaultColorScheme="auto"
    colorSchemeManager={schemes}
    getStyleNonce={nonce ? () => nonce : undefined}
  >
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
);
