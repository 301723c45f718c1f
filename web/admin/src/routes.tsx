// The panel's addresses. The inbox comes with the first load, the other pages when they are opened.

import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { InboxPage } from './pages/inbox/InboxPage';
import { NotFound } from './pages/NotFound';
import { privacyRoutes } from './pages/privacy/routes';
import { Crash } from './shell/Crash';
import { Gate } from './shell/Gate';

const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/inbox" replace /> },
  { path: 'inbox', element: <InboxPage /> },
  { path: 'inbox/:id', element: <InboxPage /> },
  { path: 'inbox/:id/visitor', element: <InboxPage /> },
  {
    path: 'bookings',
    lazy: async () => ({ Component: (await import('./pages/bookings/BookingsPage')).BookingsPage }),
  },
  { path: 'leads', lazy: async () => ({ Component: (await import('./pages/leads/LeadsPage')).LeadsPage }) },
  {
    path: 'knowledge',
    lazy: async () => ({ Component: (await import('./pages/knowledge/KnowledgePage')).KnowledgePage }),
  },
  {
    path: 'knowledge/:id',
    lazy: async () => ({ Component: (await import('./pages/knowledge/ArticlePage')).ArticlePage }),
  },
  { path: 'install', lazy: async () => ({ Component: (await import('./pages/InstallPage')).InstallPage }) },
  privacyRoutes,
  { path: '*', element: <NotFound /> },
];

export const router = createBrowserRouter(
  [
    {
      path: '/sign-in',
      lazy: async () => ({ Component: (await import('./pages/SignIn')).SignIn }),
      errorElement: <Crash />,
      hydrateFallbackElement: <div />,
    },
    {
      path: '/',
      element: <Gate />,
      errorElement: <Crash />,
      hydrateFallbackElement: <div />,
      // A page that breaks leaves the navigation standing.
      children: [{ errorElement: <Crash inside />, children: pages }],
    },
  ],
  { basename: '/panel' },
);
