// The addresses of the privacy centre. Everything behind them is loaded when it is first opened.

import type { RouteObject } from 'react-router';

export const privacyRoutes: RouteObject = {
  path: 'privacy',
  lazy: async () => ({ Component: (await import('./PrivacyLayout')).PrivacyLayout }),
  children: [
    { index: true, lazy: async () => ({ Component: (await import('./overview/OverviewPage')).OverviewPage }) },
    { path: 'requests', lazy: async () => ({ Component: (await import('./requests/RequestsPage')).RequestsPage }) },
    {
      path: 'requests/new',
      lazy: async () => ({ Component: (await import('./requests/NewRequestPage')).NewRequestPage }),
    },
    { path: 'requests/:id', lazy: async () => ({ Component: (await import('./requests/CasePage')).CasePage }) },
    { path: 'people', lazy: async () => ({ Component: (await import('./people/PeoplePage')).PeoplePage }) },
    { path: 'people/:id', lazy: async () => ({ Component: (await import('./people/SubjectPage')).SubjectPage }) },
    { path: 'consents', lazy: async () => ({ Component: (await import('./consents/ConsentsPage')).ConsentsPage }) },
    { path: 'holds', lazy: async () => ({ Component: (await import('./holds/HoldsPage')).HoldsPage }) },
    {
      path: 'recipients',
      lazy: async () => ({ Component: (await import('./recipients/RecipientsPage')).RecipientsPage }),
    },
    { path: 'retention', lazy: async () => ({ Component: (await import('./retention/RetentionPage')).RetentionPage }) },
    {
      path: 'destruction',
      lazy: async () => ({ Component: (await import('./destruction/DestructionPage')).DestructionPage }),
    },
    {
      path: 'organisation',
      lazy: async () => ({ Component: (await import('./organisation/OrganisationPage')).OrganisationPage }),
    },
    { path: 'documents', lazy: async () => ({ Component: (await import('./documents/DocumentsPage')).DocumentsPage }) },
    {
      path: 'documents/internal/:kind',
      lazy: async () => ({ Component: (await import('./documents/InternalDocumentPage')).InternalDocumentPage }),
    },
    { path: 'documents/:kind', lazy: async () => ({ Component: (await import('./documents/DocumentPage')).DocumentPage }) },
    { path: 'staff', lazy: async () => ({ Component: (await import('./staff/StaffPage')).StaffPage }) },
    { path: 'breaches', lazy: async () => ({ Component: (await import('./breaches/BreachesPage')).BreachesPage }) },
    { path: 'breaches/new', lazy: async () => ({ Component: (await import('./breaches/NewBreachPage')).NewBreachPage }) },
    { path: 'breaches/:id', lazy: async () => ({ Component: (await import('./breaches/BreachPage')).BreachPage }) },
    { path: 'audit', lazy: async () => ({ Component: (await import('./audit/AuditPage')).AuditPage }) },
    { path: 'jobs', lazy: async () => ({ Component: (await import('./jobs/JobsPage')).JobsPage }) },
  ],
};
