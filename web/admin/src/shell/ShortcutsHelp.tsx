import { Kbd, Modal, Switch, Text } from '@mantine/core';
import { useText } from '../i18n';
import { setShortcutsEnabled, useShortcutsEnabled } from './shortcuts';
import classes from './Shell.module.css';

const groups = [
  {
    title: 'general',
    keys: [{ keys: ['?'], text: 'help' }],
  },
  {
    title: 'go',
    keys: [
      { keys: ['G', 'I'], text: 'goInbox' },
      { keys: ['G', 'B'], text: 'goBookings' },
      { keys: ['G', 'L'], text: 'goLeads' },
      { keys: ['G', 'K'], text: 'goKnowledge' },
      { keys: ['G', 'P'], text: 'goPrivacy' },
    ],
  },
  {
    title: 'inInbox',
    keys: [
      { keys: ['J'], text: 'nextConversation' },
      { keys: ['K'], text: 'previousConversation' },
      { keys: ['T'], text: 'take' },
      { keys: ['R'], text: 'reply' },
      { keys: ['Esc'], text: 'leave' },
    ],
  },
] as const;

export default function ShortcutsHelp({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useText();
  const enabled = useShortcutsEnabled();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {groups.map((group) => (
        <section key={group.title}>
          <Text component="h3" fw={650} size="sm" m={0}>
            {t(`shortcuts.${group.title}`)}
          </Text>
          <dl className={classes.keys}>
            {group.keys.map((row) => (
              <div key={row.text} style={{ display: 'contents' }}>
                <dt>{t(`shortcuts.${row.text}`)}</dt>
                <dd>
                  {row.keys.map((key, index) => (
                    <span key={key}>
                      {index > 0 && `${t('shortcuts.then')} `}
                      <Kbd>{key}</Kbd>
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Switch
        checked={enabled}
        onChange={(event) => setShortcutsEnabled(event.currentTarget.checked)}
        label={t('shortcuts.enabled')}
        description={t('shortcuts.layout')}
      />
    </Modal>
  );
}
