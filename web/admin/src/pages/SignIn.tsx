import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { Navigate, useLocation } from 'react-router';
import { api } from '../api/api';
import { ApiError, setCsrf } from '../api/http';
import { keys } from '../api/keys';
import { setSessionEnded, useSessionEnded, useSessionQuery } from '../api/session';
import { useText } from '../i18n';
import { failureText } from '../lib/failure';
import { LanguageMenu, ThemeMenu } from '../shell/EmployeeMenu';
import { useDocumentTitle, usePageTitle } from '../shell/pageTitle';
import classes from './SignIn.module.css';

/** Where to go after signing in: only what our own gate put there, never an address from outside. */
function cameFrom(state: unknown): string {
  if (typeof state === 'object' && state !== null && 'from' in state && typeof state.from === 'string') {
    if (/^\/(?!\/)/.test(state.from)) return state.from;
  }
  return '/inbox';
}

/** Seconds left of a wait, counted down. */
function useCountdown(): [number, (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (until === 0) return;
    const tick = () => {
      const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(seconds);
      if (seconds === 0) clearInterval(timer);
    };
    const timer = setInterval(tick, 250);
    tick();
    return () => clearInterval(timer);
  }, [until]);
  return [left, (seconds) => setUntil(Date.now() + seconds * 1000)];
}

/** The server may say 429 without how long: then at least this. */
const shortestWaitS = 5;

export function SignIn() {
  const { t } = useText();
  const cache = useQueryClient();
  const location = useLocation();
  const session = useSessionQuery();
  const ended = useSessionEnded();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [wait, startWait] = useCountdown();
  usePageTitle(t('page.signIn'));
  useDocumentTitle();

  if (session.data) return <Navigate to={cameFrom(location.state)} replace />;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setMissing(true);
    if (!email.trim() || !password || busy || wait > 0) return;
    setBusy(true);
    setFailure(null);
    try {
      const opened = await api.signIn(email.trim(), password);
      setCsrf(opened.csrf);
      setSessionEnded(false);
      cache.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.session[0] });
      cache.setQueryData(keys.session, opened);
    } catch (error) {
      setFailure(error);
      if (error instanceof ApiError && error.code === 'too_many') {
        startWait(Math.max(error.retryAfter, shortestWaitS));
      }
      setBusy(false);
    }
  };

  const failureMessage = () => {
    if (!(failure instanceof ApiError)) return failureText(failure, t);
    if (failure.code === 'too_many') return wait > 0 ? t('signIn.tooMany', { count: wait }) : null;
    if (failure.code === 'unauthenticated') return t('signIn.wrong');
    if (failure.code === 'offline') return t('signIn.offline');
    return failureText(failure, t);
  };
  const message = failure ? failureMessage() : null;

  return (
    <div className={classes.page}>
      <div className={classes.corner}>
        <LanguageMenu />
        <ThemeMenu />
      </div>
      <main className={classes.card}>
        <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="Chatika" width={48} height={48} />
        <h1 className={classes.title}>{t('signIn.title')}</h1>
        <p className={classes.lead}>{t('signIn.lead')}</p>
        {ended && !message && (
          <p className={classes.notice} role="status">
            {t('signIn.ended')}
          </p>
        )}
        {message && (
          <p className={classes.error} role="alert" data-testid="sign-in-error">
            {message}
          </p>
        )}
        <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
          <TextInput
            label={t('signIn.email')}
            type="email"
            name="email"
            autoComplete="username"
            inputMode="email"
            autoCapitalize="none"
            spellCheck={false}
            size="md"
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={missing && !email.trim() ? t('signIn.emailNeeded') : null}
            data-testid="sign-in-email"
          />
          <PasswordInput
            label={t('signIn.password')}
            name="password"
            autoComplete="current-password"
            size="md"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={missing && !password ? t('signIn.passwordNeeded') : null}
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
            data-testid="sign-in-password"
          />
          <Button type="submit" size="md" fullWidth loading={busy} disabled={wait > 0} data-testid="sign-in-submit">
            {t('signIn.submit')}
          </Button>
        </form>
      </main>
    </div>
  );
}
