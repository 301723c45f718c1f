// Files the server makes (PDF, JSON): fetched here and not linked to, so that a refusal is told in
// words and a session that has ended leads to the sign-in.

import { ask, type Query } from './http';

export async function download(path: string, name: string, query: Query = {}): Promise<void> {
  const response = await ask('GET', path, { query }, '*/*');
  const file = await response.blob();
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
