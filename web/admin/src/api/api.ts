// The panel's API as functions. The only file that knows addresses and which type each answers.

import type {
  Article,
  ArticleSummary,
  Booking,
  Conversation,
  ConversationDetail,
  Lead,
  Message,
  Session,
  Source,
  Specialist,
  Status,
} from '@chatika/client';
import { request } from './http';

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface BookingDay {
  date: string;
  time_zone: string;
  specialists: Specialist[];
  items: Booking[];
}

export interface AskAnswer {
  answer: string | null;
  sources: Source[];
}

export type ArticleText = Pick<Article, 'language' | 'title' | 'text'>;

type Signal = AbortSignal | undefined;

export const pageSize = 50;
/** The most a list request may ask for. */
const maxPage = 100;

export const api = {
  signIn: (email: string, password: string) =>
    request('POST', '/session', { body: { email, password }, anonymous: true }) as Promise<Session>,
  session: (signal: Signal) => request('GET', '/session', { signal, anonymous: true }) as Promise<Session>,
  signOut: () => request('DELETE', '/session') as Promise<null>,

  conversations: (status: Status | undefined, cursor: string | undefined, signal: Signal) =>
    request('GET', '/conversations', { query: { status, cursor, limit: pageSize }, signal }) as Promise<
      Page<Conversation>
    >,
  conversation: (id: string, signal: Signal) =>
    request('GET', `/conversations/${id}`, { signal }) as Promise<ConversationDetail>,
  messages: (id: string, before: number | undefined, signal?: Signal) =>
    request('GET', `/conversations/${id}/messages`, { query: { before, limit: pageSize }, signal }) as Promise<
      Page<Message>
    >,
  send: (id: string, clientId: string, text: string) =>
    request('POST', `/conversations/${id}/messages`, { body: { client_id: clientId, text } }) as Promise<Message>,
  take: (id: string) => request('POST', `/conversations/${id}/take`) as Promise<Conversation>,
  handBack: (id: string) => request('POST', `/conversations/${id}/hand-back`) as Promise<Conversation>,
  close: (id: string) => request('POST', `/conversations/${id}/close`) as Promise<Conversation>,
  read: (id: string, seq: number) => request('POST', `/conversations/${id}/read`, { body: { seq } }) as Promise<null>,

  leads: (status: Lead['status'], cursor: string | undefined, signal: Signal) =>
    request('GET', '/leads', { query: { status, cursor, limit: pageSize }, signal }) as Promise<Page<Lead>>,
  setLeadStatus: (id: string, status: Lead['status']) =>
    request('POST', `/leads/${id}/status`, { body: { status } }) as Promise<Lead>,

  bookings: (date: string, signal: Signal) =>
    request('GET', '/bookings', { query: { date }, signal }) as Promise<BookingDay>,
  cancelBooking: (id: string) => request('POST', `/bookings/${id}/cancel`) as Promise<Booking>,

  articles: (cursor: string | undefined, signal: Signal) =>
    request('GET', '/articles', { query: { cursor, limit: maxPage }, signal }) as Promise<Page<ArticleSummary>>,
  article: (id: string, signal: Signal) => request('GET', `/articles/${id}`, { signal }) as Promise<Article>,
  createArticle: (article: ArticleText) => request('POST', '/articles', { body: article }) as Promise<Article>,
  updateArticle: (id: string, article: ArticleText & { version: number }) =>
    request('PUT', `/articles/${id}`, { body: article }) as Promise<Article>,
  deleteArticle: (id: string) => request('DELETE', `/articles/${id}`) as Promise<null>,
  ask: (language: Article['language'], question: string) =>
    request('POST', '/articles/ask', { body: { language, question } }) as Promise<AskAnswer>,
};
