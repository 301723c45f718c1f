import type { ReactNode } from 'react';
import classes from './ui.module.css';

/** A page that scrolls as a whole. */
export function PageBody({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  return (
    <div className={classes.pageScroll}>
      <div className={wide ? classes.pageWide : classes.page}>{children}</div>
    </div>
  );
}

export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className={classes.pageHead}>
      <h1 className={classes.pageTitle}>{title}</h1>
      {children && <div className={classes.pageActions}>{children}</div>}
    </header>
  );
}
