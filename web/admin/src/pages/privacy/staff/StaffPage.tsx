import { Button } from '@mantine/core';
import { useState } from 'react';
import { useSession } from '../../../api/session';
import { Chip } from '../../../ui/Chip';
import { privacyApi } from '../api';
import { CentrePage, Panel } from '../shared/CentrePage';
import { ClockChip } from '../shared/ClockChip';
import { DataTable, type Column } from '../shared/DataTable';
import { useWhen } from '../shared/days';
import { Facts } from '../shared/Facts';
import { Loaded } from '../shared/Loaded';
import { Notice } from '../shared/Notice';
import { useAct, useAnswer } from '../shared/queries';
import type { AccessRequest, Review, Staff, StaffRow } from '../wire';
import { useWords } from '../words';
import { StaffDialogs, type StaffDialog } from './StaffDialogs';
import classes from '../shared/Shared.module.css';

const accessTone = { asked: 'waiting', granted: 'brand', refused: 'danger', expired: 'quiet', revoked: 'quiet' } as const;

type Open = (dialog: StaffDialog) => void;

function Responsible({ staff, open }: { staff: Staff; open: Open }) {
  const { w } = useWords();
  const when = useWhen();
  const { responsible } = staff;
  const owner = useSession().employee.role === 'owner';
  const button = (text: string, primary: boolean) => (
    <Button variant={primary ? 'filled' : 'default'} onClick={() => open({ kind: 'responsible' })} data-testid="appoint">
      {text}
    </Button>
  );
  if (!responsible) {
    return (
      <Notice tone="danger" title={w('staff.responsible')} actions={owner && button(w('staff.appoint'), true)}>
        {w('staff.noResponsible')}
      </Notice>
    );
  }
  return (
    <Panel title={w('staff.responsible')} actions={owner && button(w('staff.change'), false)}>
      <Facts
        facts={[
          { name: w('staff.name'), value: responsible.name },
          { name: w('staff.contact'), value: responsible.contact || w('shared.none') },
          { name: w('staff.order'), value: `№ ${responsible.order_number}, ${when.day(responsible.order_date)}` },
          { name: w('staff.since'), value: when.at(responsible.since) },
        ]}
      />
    </Panel>
  );
}

function Employees({ rows, open }: { rows: readonly StaffRow[]; open: Open }) {
  const { w, t } = useWords();
  const when = useWhen();
  const { busy, act } = useAct();
  const me = useSession().employee;
  const columns: Column<StaffRow>[] = [
    { key: 'employee', name: w('staff.employee'), cell: (row) => row.name },
    {
      key: 'role',
      name: w('staff.role'),
      cell: (row) => `${t(`common.role_${row.role}`)}${row.officer ? `, ${w('staff.officer')}` : ''}`,
    },
    {
      key: 'agreement',
      name: w('staff.agreement'),
      cell: (row) => (row.agreement_at ? when.at(row.agreement_at) : <Chip tone="danger">{w('staff.notAccepted')}</Chip>),
    },
    {
      key: 'signed',
      name: w('staff.signed'),
      cell: (row) =>
        row.to_sign.length === 0 ? (
          <Chip tone="brand">{w('staff.allSigned')}</Chip>
        ) : (
          <span className={classes.danger}>{w('staff.toSign', { documents: row.to_sign.join(', ') })}</span>
        ),
    },
    {
      key: 'access',
      name: w('staff.what'),
      cell: (row) =>
        row.disabled_at ? (
          <Chip tone="quiet">{w('staff.closed')}</Chip>
        ) : row.access_until ? (
          `${w('staff.until')} ${when.date(row.access_until)}`
        ) : (
          w('staff.always')
        ),
    },
    ...(me.role === 'owner'
      ? [
          {
            key: 'acts',
            name: w('shared.acts'),
            tight: true,
            cell: (row: StaffRow) =>
              row.id === me.id ? null : row.disabled_at ? (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={busy === row.id}
                  onClick={() => void act(row.id, () => privacyApi.enableEmployee(row.id, true), w('staff.opened'))}
                >
                  {w('staff.openAccess')}
                </Button>
              ) : (
                <span className={classes.actions}>
                  <Button size="compact-sm" variant="default" onClick={() => open({ kind: 'term', employee: row })} data-testid="term">
                    {w('staff.term')}
                  </Button>
                  <Button size="compact-sm" variant="default" onClick={() => open({ kind: 'disable', employee: row })} data-testid="disable">
                    {w('staff.close')}
                  </Button>
                </span>
              ),
          },
        ]
      : []),
  ];
  return (
    <Panel title={w('staff.employees')} note={w('staff.employeesText')} flush>
      <DataTable label={w('staff.employees')} columns={columns} rows={rows} keyOf={(row) => row.id} testId="employees" />
    </Panel>
  );
}

function Access({ rows, open }: { rows: readonly AccessRequest[]; open: Open }) {
  const { w, t } = useWords();
  const when = useWhen();
  const { busy, act } = useAct();
  const owner = useSession().employee.role === 'owner';
  const columns: Column<AccessRequest>[] = [
    { key: 'who', name: w('staff.employee'), cell: (row) => row.who.name },
    { key: 'what', name: w('staff.what'), cell: (row) => t(`common.role_${row.role}`) },
    { key: 'why', name: w('staff.why'), cell: (row) => row.reason },
    { key: 'state', name: w('shared.state'), tight: true, cell: (row) => <Chip tone={accessTone[row.state]}>{w(`staff.access_${row.state}`)}</Chip> },
    {
      key: 'until',
      name: w('staff.until'),
      tight: true,
      cell: (row) => {
        const until = row.state === 'asked' ? row.wanted_until : row.until;
        return until ? when.at(until) : w('staff.always');
      },
    },
    {
      key: 'acts',
      name: w('shared.acts'),
      tight: true,
      cell: (row) =>
        !owner ? null : row.state === 'asked' ? (
          <span className={classes.actions}>
            <Button size="compact-sm" onClick={() => open({ kind: 'grant', access: row })} data-testid="grant">
              {w('staff.grant')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              loading={busy === row.id}
              onClick={() => void act(row.id, () => privacyApi.actOnAccess(row.id, 'refuse'), w('staff.refused'))}
            >
              {w('staff.refuse')}
            </Button>
          </span>
        ) : row.state === 'granted' ? (
          <Button
            size="compact-sm"
            variant="default"
            loading={busy === row.id}
            onClick={() => void act(row.id, () => privacyApi.actOnAccess(row.id, 'revoke'), w('staff.revoked'))}
          >
            {w('staff.revoke')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Panel title={w('staff.access')} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <p className={classes.plain}>{w('staff.noAccess')}</p>
      ) : (
        <DataTable label={w('staff.access')} columns={columns} rows={rows} keyOf={(row) => row.id} testId="access" />
      )}
    </Panel>
  );
}

function Reviews({ rows, open }: { rows: readonly Review[]; open: Open }) {
  const { w } = useWords();
  const columns: Column<Review>[] = [
    { key: 'review', name: w('staff.review'), cell: (row) => row.title },
    { key: 'due', name: w('staff.due'), cell: (row) => <ClockChip days due={row.due} done={row.done_at} /> },
    { key: 'outcome', name: w('staff.outcome'), cell: (row) => row.outcome || w('shared.none') },
    {
      key: 'acts',
      name: w('shared.acts'),
      tight: true,
      cell: (row) =>
        row.done_at ? null : (
          <Button size="compact-sm" variant="default" onClick={() => open({ kind: 'review', review: row })} data-testid="review">
            {w('staff.finish')}
          </Button>
        ),
    },
  ];
  return (
    <Panel title={w('staff.reviews')} note={w('staff.reviewsText')} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <p className={classes.plain}>{w('staff.noReviews')}</p>
      ) : (
        <DataTable label={w('staff.reviews')} columns={columns} rows={rows} keyOf={(row) => row.id} testId="reviews" />
      )}
    </Panel>
  );
}

export function StaffPage() {
  const { w } = useWords();
  const [dialog, setDialog] = useState<StaffDialog | null>(null);
  const query = useAnswer(['staff'], (signal) => privacyApi.staff(signal));
  return (
    <CentrePage title={w('staff.title')} lead={w('staff.lead')}>
      <Loaded query={query}>
        {(staff) => (
          <div className={classes.stack}>
            <Responsible staff={staff} open={setDialog} />
            <Employees rows={staff.employees} open={setDialog} />
            <Access rows={staff.access} open={setDialog} />
            <Reviews rows={staff.reviews} open={setDialog} />
            <StaffDialogs staff={staff} dialog={dialog} close={() => setDialog(null)} />
          </div>
        )}
      </Loaded>
    </CentrePage>
  );
}
