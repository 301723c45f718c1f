import type { ReactNode } from 'react';
import classes from './Pieces.module.css';

/** A sentence that must not be missed: what is wrong and what follows from it. */
export function Notice({ tone, title, children, actions }: {
  tone: 'danger' | 'waiting' | 'brand' | 'plain';
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={classes.notice} data-tone={tone}>
      <div className={classes.noticeText}>
        {title && <b>{title}</b>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className={classes.noticeActs}>{actions}</div>}
    </div>
  );
}
