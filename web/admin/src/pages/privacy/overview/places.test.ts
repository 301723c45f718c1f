import { expect, it } from 'vitest';
import { placeOf } from './places';

it('follows the link of the server to the section it belongs to', () => {
  expect(placeOf('responsible', '/privacy/staff')).toEqual({ section: 'staff', to: '/privacy/staff' });
  expect(placeOf('anything', '/privacy/requests/42')).toEqual({ section: 'requests', to: '/privacy/requests/42' });
});

it('goes nowhere outside the centre', () => {
  expect(placeOf('mail', 'https://elsewhere.example/')).toEqual({ section: 'jobs', to: '/privacy/jobs' });
  expect(placeOf('unknown', '')).toEqual({ section: 'overview', to: '/privacy' });
});
