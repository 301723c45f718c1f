// One place through which every request leaves the panel. A failed request becomes an ApiError
// whose `code` is one of the wire's codes, or `offline` when no answer came at all.

import type { Problem } from '@chatika/client';

export type ErrorCode = Problem['code'] | 'offline';

export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly status: number,
    /** Written for the reader in the panel's language; empty when the server said nothing. */
    readonly title: string,
    /** Seconds the server asks to wait, 0 when it does not. */
    readonly retryAfter: number,
    readonly fields: Problem['errors'] = [],
  ) {
    super(title || code);
    this.name = 'ApiError';
  }
}

/** A request older than this is given up: the answer would come to somebody who has left. */
const timeoutMs = 20_000;
const base = '/api/v1';

let csrf = '';
let language = 'ru';
let onSessionLost: (() => void) | null = null;
let onDuty: (() => void) | null = null;

export const setCsrf = (token: string) => {
  csrf = token;
};
export const setRequestLanguage = (next: string) => {
  language = next;
};
/** Called when the server no longer knows the session of a request that needed one. */
export const setSessionLostHandler = (handler: (() => void) | null) => {
  onSessionLost = handler;
};

/** Called when the employee has something to accept or sign before any more is answered. */
export const setDutyHandler = (handler: (() => void) | null) => {
  onDuty = handler;
};
const dutyCodes: readonly string[] = ['agreement_required', 'familiarisation_required', 'access_expired'];

export type Query = Record<string, string | number | undefined>;

export interface Call {
  query?: Query;
  body?: object;
  signal?: AbortSignal | undefined;
  /** The sign-in and the first question "who am I" expect 401 as an answer. */
  anonymous?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${base}${path}?${text}` : `${base}${path}`;
}

const codeOfStatus: Record<number, Problem['code']> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  410: 'gone',
  413: 'too_large',
  422: 'invalid',
  429: 'too_many',
  503: 'unavailable',
};

async function errorOf(response: Response): Promise<ApiError> {
  // A proxy in between may answer with HTML: the status alone then says what happened.
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  const code = problem?.code ?? codeOfStatus[response.status] ?? 'internal';
  const wait = Number(response.headers.get('Retry-After'));
  return new ApiError(
    code,
    response.status,
    problem?.title ?? '',
    Number.isFinite(wait) && wait > 0 ? Math.ceil(wait) : 0,
    problem?.errors ?? [],
  );
}

async function send(method: Method, path: string, call: Call, accept: string): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept, 'Accept-Language': language };
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf;
  if (call.body) headers['Content-Type'] = 'application/json';
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(addressOf(path, call.query), {
      method,
      headers,
      credentials: 'same-origin',
      signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
      ...(call.body ? { body: JSON.stringify(call.body) } : {}),
    });
  } catch (error) {
    if (call.signal?.aborted) throw error;
    throw new ApiError('offline', 0, '', 0);
  }
}

/** The raw answer of a request that went well. */
export async function ask(method: Method, path: string, call: Call = {}, accept = 'application/json'): Promise<Response> {
  const response = await send(method, path, call, accept);
  if (!response.ok) {
    const error = await errorOf(response);
    if (error.code === 'unauthenticated' && !call.anonymous) onSessionLost?.();
    if (dutyCodes.includes(error.code)) onDuty?.();
    throw error;
  }
  return response;
}

export async function request(method: Method, path: string, call: Call = {}): Promise<unknown> {
  const response = await ask(method, path, call);
  if (response.status === 204) return null;
  return response.json().catch(() => {
    throw new ApiError('offline', response.status, '', 0);
  });
}
