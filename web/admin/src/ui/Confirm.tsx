import { lazy, Suspense, useRef } from 'react';
import type { ConfirmProps } from './ConfirmDialog';

const ConfirmDialog = lazy(() => import('./ConfirmDialog'));

/** A dialog is loaded when the first one is asked for; once opened it stays, to close smoothly. */
export function Confirm(props: ConfirmProps) {
  const wanted = useRef(false);
  wanted.current ||= props.opened;
  return wanted.current ? (
    <Suspense fallback={null}>
      <ConfirmDialog {...props} />
    </Suspense>
  ) : null;
}
