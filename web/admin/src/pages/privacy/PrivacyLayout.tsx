// The frame of the privacy centre: its own navigation beside the page, on a phone above it.

import { Menu, UnstyledButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { mayKeepPrivacy } from '../../api/rights';
import { useSession } from '../../api/session';
import { EmptyState } from '../../ui/EmptyState';
import { IconCheck, IconDown, IconShield } from '../../ui/icons';
import classes from './Privacy.module.css';
import { addressOf, groups, sectionAt } from './sections';
import { useWords } from './words';

function SideNavigation() {
  const { w } = useWords();
  return (
    <nav className={classes.side} aria-label={w('shared.nav')}>
      <p className={classes.centre}>{w('shared.centre')}</p>
      {groups.map((group) => (
        <div key={group.name} className={classes.group}>
          {group.name !== 'now' && <p className={classes.groupName}>{w(`shared.group_${group.name}`)}</p>}
          {group.sections.map((section) => (
            <NavLink
              key={section.name}
              to={addressOf(section)}
              end={section.path === ''}
              className={classes.link ?? ''}
              data-testid={`privacy-${section.name}`}
            >
              {w(`shared.section_${section.name}`)}
            </NavLink>
          ))}
        </div>
      ))}
    </nav>
  );
}

/** Twelve sections do not fit a phone's width: one button names the current and opens the rest. */
function MenuNavigation() {
  const { w } = useWords();
  const navigate = useNavigate();
  const current = sectionAt(useLocation().pathname);
  const name = current ? w(`shared.section_${current.name}`) : w('shared.centre');
  return (
    <nav className={classes.top} aria-label={w('shared.nav')}>
      <Menu width="calc(100vw - 24px)" position="bottom" shadow="md">
        <Menu.Target>
          <UnstyledButton className={classes.pick} aria-label={w('shared.openNav', { name })} data-testid="privacy-menu">
            <span className={classes.pickCentre}>{w('shared.centre')}</span>
            <span className={classes.pickName}>{name}</span>
            <IconDown size={18} />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown className={classes.drop ?? ''}>
          {groups.map((group, index) => (
            <div key={group.name}>
              {index > 0 && <Menu.Label>{w(`shared.group_${group.name}`)}</Menu.Label>}
              {group.sections.map((section) => (
                <Menu.Item
                  key={section.name}
                  onClick={() => void navigate(addressOf(section))}
                  rightSection={section.name === current?.name ? <IconCheck size={16} /> : null}
                  aria-current={section.name === current?.name ? 'page' : undefined}
                >
                  {w(`shared.section_${section.name}`)}
                </Menu.Item>
              ))}
            </div>
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}

export function PrivacyLayout() {
  const { w } = useWords();
  const session = useSession();
  const { pathname } = useLocation();
  const page = useRef<HTMLDivElement>(null);
  // A new page is read from its top.
  useEffect(() => {
    // In braces: scrolling answers with a promise in newer browsers, which is no clean-up.
    void page.current?.scrollTo({ top: 0 });
  }, [pathname]);

  if (!mayKeepPrivacy(session)) {
    return <EmptyState icon={IconShield} title={w('shared.closedTitle')} text={w('shared.closedText')} heading />;
  }
  return (
    <div className={classes.layout}>
      <SideNavigation />
      <MenuNavigation />
      <div className={classes.scroll} ref={page}>
        <Outlet />
      </div>
    </div>
  );
}
