import { Link } from 'react-router';
import { privacyApi } from '../api';
import { CentrePage } from '../shared/CentrePage';
import { ClockChip } from '../shared/ClockChip';
import { Loaded } from '../shared/Loaded';
import { useAnswer } from '../shared/queries';
import { IconAlert, IconCheck, IconClock, IconForward } from '../../../ui/icons';
import type { Health, PrivacyStatus, StatusItem } from '../wire';
import { useWords } from '../words';
import { placeOf } from './places';
import { Tasks } from './Tasks';
import classes from './Overview.module.css';

const icons = { ok: IconCheck, warning: IconClock, missing: IconAlert };

function Item({ item }: { item: StatusItem }) {
  const { w } = useWords();
  const place = placeOf(item.code, item.link);
  const Icon = icons[item.health];
  const content = (
    <>
      <span className={classes.icon}>
        <Icon size={18} />
      </span>
      <span className={classes.text}>
        <span className={classes.name}>
          {item.title}
          <span className="unseen"> — {w(`overview.item_${item.health}`)}</span>
        </span>
        {item.detail && <span className={classes.detail}>{item.detail}</span>}
        {item.due && item.health !== 'ok' && <ClockChip due={item.due} days={item.code !== 'breach'} />}
      </span>
    </>
  );
  return (
    <li className={classes.item} data-health={item.health} data-testid="status-item" data-code={item.code}>
      {place.section === 'overview' ? (
        // Put in order outside the centre, or further down on this page: a link would lead nowhere.
        <div className={classes.frame}>{content}</div>
      ) : (
        <Link className={classes.frame ?? ''} to={place.to}>
          {content}
          <span className={classes.place}>
            {w(`shared.section_${place.section}`)}
            <IconForward size={16} />
          </span>
        </Link>
      )}
    </li>
  );
}

function Group({ health, items }: { health: Health; items: readonly StatusItem[] }) {
  const { w } = useWords();
  const found = items.filter((item) => item.health === health);
  if (found.length === 0) return null;
  const title = { missing: w('overview.todo'), warning: w('overview.watch'), ok: w('overview.fine') }[health];
  return (
    <section className={classes.group}>
      <h2>
        {title} <span className={classes.count}>{found.length}</span>
      </h2>
      <ul className={health === 'ok' ? classes.tiles : classes.list}>
        {found.map((item, index) => (
          <Item key={`${item.code} ${index}`} item={item} />
        ))}
      </ul>
    </section>
  );
}

function Verdict({ status }: { status: PrivacyStatus }) {
  const { w } = useWords();
  const count = (health: Health) => status.items.filter((item) => item.health === health).length;
  const missing = count('missing');
  const warning = count('warning');
  const parts = [
    missing > 0 && w('overview.sum_missing', { count: missing }),
    warning > 0 && w('overview.sum_warning', { count: warning }),
  ].filter(Boolean);
  const Icon = icons[status.health];
  return (
    <div className={classes.verdict} data-health={status.health} data-testid="verdict" role="status">
      <Icon size={26} />
      <div>
        <b>{w(`overview.health_${status.health}`)}</b>
        <div>{parts.length > 0 ? `${parts.join('; ')}.` : w('overview.sum_ok')}</div>
      </div>
    </div>
  );
}

export function OverviewPage() {
  const { w } = useWords();
  const query = useAnswer(['status'], (signal) => privacyApi.status(signal));
  return (
    <CentrePage title={w('overview.title')} lead={w('overview.lead')}>
      <Loaded query={query}>
        {(status) => (
          <>
            <Verdict status={status} />
            <Group health="missing" items={status.items} />
            <Group health="warning" items={status.items} />
            <Tasks />
            <Group health="ok" items={status.items} />
          </>
        )}
      </Loaded>
    </CentrePage>
  );
}
