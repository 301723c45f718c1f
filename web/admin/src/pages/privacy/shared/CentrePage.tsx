import { useEffect, useRef, type ReactNode } from 'react';
import { useNavigationType } from 'react-router';
import { usePageTitle } from '../../../shell/pageTitle';
import classes from './Shared.module.css';

interface Props {
  title: string;
  lead?: string;
  /** Above the title: the way back to a list. */
  above?: ReactNode;
  /** Beside the title: what can be done. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the centre: title, what it is for, its actions, its body. */
export function CentrePage({ title, lead, above, actions, children }: Props) {
  usePageTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever came by a link that went with its page goes on at the heading, not at the top of everything.
  const came = useNavigationType();
  useEffect(() => {
    if (came !== 'POP' && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [came]);
  return (
    <div className={classes.page}>
      {above && <div className={classes.above}>{above}</div>}
      <header className={classes.head}>
        <div className={classes.heading}>
          <h1 className={classes.title} ref={heading} tabIndex={-1}>{title}</h1>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A titled part of a page. */
export function Panel({ title, note, actions, children, flush = false, id, tone }: {
  title?: string;
  note?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** The body reaches the borders: for tables. */
  flush?: boolean;
  id?: string;
  tone?: 'danger';
}) {
  return (
    <section className={classes.panel} {...(id ? { id } : {})} data-tone={tone} aria-label={title}>
      {title && (
        <header className={classes.panelHead}>
          <h2>{title}</h2>
          {actions && <div className={classes.actions}>{actions}</div>}
        </header>
      )}
      {note && <p className={classes.panelNote}>{note}</p>}
      <div className={flush ? classes.flush : classes.panelBody}>{children}</div>
    </section>
  );
}
