import type { ReactNode } from 'react';
import { useWhen } from './days';
import classes from './Shared.module.css';
import pieces from './Pieces.module.css';

export interface Happening {
  key: string;
  at: string;
  what: ReactNode;
  who?: string | null;
  note?: string | null;
}

/** What happened, newest first, as the server sends it. */
export function Timeline({ happenings }: { happenings: readonly Happening[] }) {
  const when = useWhen();
  return (
    <ol className={pieces.timeline}>
      {happenings.map(({ key, at, what, who, note }) => (
        <li key={key}>
          <div className={classes.happened}>{what}</div>
          <div className={classes.small}>
            <time dateTime={at}>{when.at(at)}</time>
            {who && ` · ${who}`}
          </div>
          {note && <p className={classes.note}>{note}</p>}
        </li>
      ))}
    </ol>
  );
}
