import type { ReactNode } from 'react';
import classes from './Shared.module.css';

export interface Fact {
  name: string;
  value: ReactNode;
}

/** Names beside their values; on a phone the name stands above. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
