import type { ComponentType, ReactNode } from 'react';
import classes from './ui.module.css';

interface Props {
  icon: ComponentType<{ size?: number }>;
  title: string;
  text?: string;
  /** The title is the page's own heading. */
  heading?: boolean;
  children?: ReactNode;
}

/** An empty list that says why it is empty and what to do about it. */
export function EmptyState({ icon: Icon, title, text, heading = false, children }: Props) {
  return (
    <div className={classes.empty}>
      <span className={classes.emptyIcon}>
        <Icon size={28} />
      </span>
      {heading ? <h1 className={classes.emptyTitle}>{title}</h1> : <p className={classes.emptyTitle}>{title}</p>}
      {text && <p className={classes.emptyText}>{text}</p>}
      {children && <div className={classes.emptyActions}>{children}</div>}
    </div>
  );
}
