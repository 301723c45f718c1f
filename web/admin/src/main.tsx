// In a layer, so that our own styles win whatever order the files are loaded in.
import '@mantine/core/styles.layer.css';
import './tokens.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { ApiError } from './api/http';
import { startTranslations } from './i18n';
import { router } from './routes';
import { cssVariables, styleNonce, theme } from './theme';
import { Toasts } from './ui/toasts';

await startTranslations();

const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, 10_000),
      retry: (failures, error) =>
        failures < 2 && (!(error instanceof ApiError) || ['offline', 'unavailable'].includes(error.code)),
    },
    // A click that fails is told to the person who clicked, who decides about the next one.
    mutations: { retry: false, networkMode: 'always' },
  },
});

const root = document.getElementById('root');
if (!root) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      getStyleNonce={styleNonce}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'chatika.theme' })}
    >
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
        <Toasts />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
